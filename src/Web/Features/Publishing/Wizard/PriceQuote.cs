using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Domain.Agents;
using Orkestron.Web.Shared.Forms;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>The price of a run for an input of a given size. Pure.</summary>
/// <param name="What">Which input.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="PriceMicro">The price of the run.</param>
/// <param name="CallsMicro">The most that is paid in addition to the agents that it calls.</param>
/// <param name="HoldMicro">The amount on hold while it runs.</param>
internal sealed record PriceQuote(string What, int Bytes, long PriceMicro, long CallsMicro, long HoldMicro)
{
    /// <summary>Quotes for the example and for some sizes up to the limit; none while a price is not valid.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="calls">What the calls of its plan cost; null for an agent that is none.</param>
    public static IReadOnlyList<PriceQuote> Of(PublishDraft draft, PlanPrice? calls = null)
    {
        if (!Contracts.Tokens.TryParse(draft["perCall"], out var call) || !Contracts.Tokens.TryParse(draft["perThousand"], out var thousand)
            || !Contracts.Tokens.TryParse(draft["callBudget"], out var budget)
            || call.Micro is < 0 or > MaxMicro || thousand.Micro is < 0 or > MaxMicro || budget.Micro is < 0 or > MaxMicro)
        {
            return [];
        }

        var price = new AgentPricing(call.Micro, thousand.Micro, budget.Micro);
        var largest = int.TryParse(draft["maxInputBytes"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : 0;
        var sizes = new List<(string What, int Bytes)>();
        if (FormJson.TryParse(draft["example"], out var example, out _))
        {
            sizes.Add(("Your example", example.ToPayload().Length));
        }

        sizes.AddRange(Sizes.Where(size => size <= largest).Select(static size => ($"{size / 1_000} kB of input", size)));
        var most = Math.Min(budget.Micro, calls?.AtMost?.Micro ?? long.MaxValue);
        return [.. sizes.Select(size =>
            new PriceQuote(size.What, size.Bytes, price.QuoteMicro(size.Bytes), most, price.HoldMicro(size.Bytes)))];
    }

    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    private const long MaxMicro = 1_000_000_000_000;
}
