using Orleans.Metadata;
using Orleans.Placement;

namespace Orkestron.Grains.Placement;

/// <summary>Wallets and the tasks that they pay for stand on one silo, so that a task and its money share a commit.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.payer-placement")]
internal sealed class PayerPlacement : PlacementStrategy;

/// <summary>Marks grains that are placed by who pays: see <see cref="PayerPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PayerPlacementAttribute() : PlacementAttribute(new PayerPlacement());
