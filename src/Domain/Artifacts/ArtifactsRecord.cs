namespace Orkestron.Domain.Artifacts;

/// <summary>What is stored of a user's files.</summary>
[GenerateSerializer, Alias("orkestron.artifacts-record")]
internal sealed class ArtifactsRecord
{
    [Id(0)]
    public Dictionary<Guid, ArtifactEntry> Files { get; set; } = [];

    public long Bytes => Files.Values.Sum(static file => file.Size);
}

/// <summary>One file.</summary>
[GenerateSerializer, Alias("orkestron.artifact-entry")]
internal sealed class ArtifactEntry
{
    [Id(0)]
    public Guid FileId { get; set; }

    [Id(1)]
    public long Size { get; set; }

    /// <summary>Name, media type and digest, sealed under the user's key.</summary>
    [Id(2)]
    public byte[] Sealed { get; set; } = [];

    [Id(3)]
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The running tasks that use it, as far as is known.</summary>
    [Id(4)]
    public HashSet<Guid> Tasks { get; set; } = [];

    /// <summary>The task whose agent made it; null once it is the user's own.</summary>
    [Id(5)]
    public Guid? MadeBy { get; set; }
}
