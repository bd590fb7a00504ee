using System.ComponentModel.DataAnnotations;

namespace Orkestron.Grains.Placement;

/// <summary>Where tasks are placed in a cluster. Section <c>Orkestron:Placement</c>.</summary>
public sealed class PlacementOptions
{
    /// <summary>
    /// Tasks of one payer that a node places beside the payer's wallet in a second; those beyond are spread over the silos, and
    /// their money takes two commits more.
    /// </summary>
    /// <value>The default is 200 tasks.</value>
    [Range(0, 1_000_000)]
    public int MaxTasksPerSecond { get; set; } = 200;

    /// <summary>Payers that a node counts in a second.</summary>
    /// <value>The default is 10,000 payers.</value>
    [Range(1, 1_000_000)]
    public int MaxPayers { get; set; } = 10_000;
}
