namespace Orkestron.Contracts.Tasks;

/// <summary>A value that is too large to stand in an answer: it is read by itself.</summary>
/// <param name="Href">Where to GET it, as JSON: a path of the same host.</param>
/// <param name="Bytes">Its size in bytes of UTF-8.</param>
public sealed record ValueReference(string Href, int Bytes);
