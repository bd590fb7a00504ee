namespace Orkestron.Cluster.Tests.Storage;

/// <summary>A state such as a grain keeps.</summary>
[GenerateSerializer]
[Alias("test-cold-state")]
public sealed record ColdState
{
    [Id(0)]
    public string Name { get; init; } = "";

    [Id(1)]
    public List<long> Numbers { get; init; } = [];
}
