using System.ComponentModel.DataAnnotations;

namespace Orkestron.Grains.Common;

/// <summary>Limits of the stored states of reentrant grains. Section <c>Orkestron:States</c>.</summary>
public sealed class StateOptions
{
    /// <value>Changes of one state that may wait for the write before them; more fail as if the store were down. The default
    /// is 1,000.</value>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 1_000;

    /// <value>How often a write is tried again on a state that another activation has written meanwhile. The default is 5.</value>
    [Range(1, 100)]
    public int MaxConflicts { get; set; } = 5;
}
