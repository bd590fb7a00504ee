namespace Orkestron.Contracts.Artifacts;

/// <summary>A file.</summary>
/// <param name="Id">Names it; in JSON it is <c>artifact:</c> and this.</param>
/// <param name="Name">Its name, as whoever made it said. Hostile text.</param>
/// <param name="MediaType">Its media type, as whoever made it said.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, lower-case hexadecimal.</param>
/// <param name="CreatedAt">When it was taken in.</param>
/// <param name="InUse">Whether a running task may use it: then it cannot be deleted.</param>
public sealed record Artifact(
    Guid Id, string Name, string MediaType, long Size, string Sha256, DateTimeOffset CreatedAt, bool InUse = false);

/// <summary>A page of files, newest first.</summary>
/// <param name="Items">The files.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
/// <param name="Bytes">All files together, in bytes.</param>
/// <param name="MostBytes">What they may have together.</param>
public sealed record ArtifactList(IReadOnlyList<Artifact> Items, string? Next, long Bytes, long MostBytes);
