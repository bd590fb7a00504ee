namespace Orkestron.Contracts.Artifacts;

/// <summary>A file opened by an agent. Dispose it.</summary>
/// <param name="name">Its name, as whoever made it said. Hostile text.</param>
/// <param name="mediaType">Its media type, as whoever made it said.</param>
/// <param name="size">In bytes.</param>
/// <param name="content">Read it asynchronously.</param>
public sealed class AgentArtifact(string name, string mediaType, long size, Stream content) : IAsyncDisposable
{
    /// <summary>Its name, as whoever made it said. Hostile text.</summary>
    public string Name => name;

    /// <summary>Its media type, as whoever made it said.</summary>
    public string MediaType => mediaType;

    /// <summary>In bytes.</summary>
    public long Size => size;

    /// <summary>The content, once, from its beginning. Read it asynchronously.</summary>
    public Stream Content => content;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => content.DisposeAsync();
}
