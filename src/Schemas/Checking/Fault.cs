namespace Orkestron.Schemas.Checking;

/// <summary>What is wrong with a value.</summary>
/// <param name="Path">Where, as a JSON Pointer; empty for the whole.</param>
/// <param name="Title">The label of the location: the title of its schema, or its name as words; empty for the whole value.</param>
/// <param name="Message">A sentence that says what to do.</param>
/// <param name="Keyword">The keyword that was violated.</param>
public sealed record Fault(string Path, string Title, string Message, string Keyword);
