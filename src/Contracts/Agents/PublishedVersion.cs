namespace Orkestron.Contracts.Agents;

/// <summary>A version of an agent that was published.</summary>
/// <param name="Version">Its name.</param>
/// <param name="PublishedAt">When it was published first.</param>
/// <param name="Digest">SHA-256 of all that was published, hexadecimal.</param>
/// <param name="Price">What a run costs.</param>
/// <param name="Current">Whether new tasks get it.</param>
public sealed record PublishedVersion(
    string Version, DateTimeOffset PublishedAt, string Digest, ListedPrice Price, bool Current);
