using System.IO.Hashing;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces.Tasks;
using Orleans.Runtime.Placement;

namespace Orkestron.Grains.Placement;

/// <summary>
/// Places a grain by a hash of its payer and the silo, so that silos that come and go move few. Tasks of a payer that submits very
/// many are spread by their own ids.
/// </summary>
internal sealed class PayerPlacementDirector(IOptions<PlacementOptions> options, TimeProvider clock) : IPlacementDirector
{
    private readonly PayerRate _rate = new(options.Value.MaxTasksPerSecond, options.Value.MaxPayers, clock);

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        return Task.FromResult(
            IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) ?? Choose(silos, KeyOf(target)));
    }

    /// <summary>The silo of a key: the same one for all callers that know the same silos.</summary>
    public static SiloAddress Choose(IReadOnlyList<SiloAddress> silos, Guid key)
    {
        if (silos.Count == 1)
        {
            return silos[0];
        }

        Span<byte> bytes = stackalloc byte[24];
        key.TryWriteBytes(bytes);
        var (best, most) = (silos[0], 0UL);
        foreach (var silo in silos)
        {
            BitConverter.TryWriteBytes(bytes[16..], silo.GetConsistentHashCode());
            BitConverter.TryWriteBytes(bytes[20..], silo.Generation);
            var weight = XxHash3.HashToUInt64(bytes);
            if (weight >= most)
            {
                (best, most) = (silo, weight);
            }
        }

        return best;
    }

    // A wallet's own key, or that of a task that is placed without its payer, for instance after its silo was lost.
    private Guid KeyOf(PlacementTarget target) =>
        TaskSubmission.PayerOf(target.RequestContextData) is { } payer && _rate.Count(payer)
            ? payer
            : target.GrainIdentity.GetGuidKey();
}
