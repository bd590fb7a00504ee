using System.Globalization;
using Orkestron.Domain.Agents;

namespace Orkestron.Web.Features.Agents.Run;

/// <summary>
/// The price that a run form showed, carried by the form: what an input costs follows from it, and a dearer run is not what
/// was agreed to. Without a script the input, and with it the amount, is known only when the form comes back.
/// </summary>
internal static class AgreedTerms
{
    /// <summary>The form's field.</summary>
    public const string Field = "agreed";

    private const long MaxMicro = 1_000_000_000_000_000;

    public static string Of(AgentPricing price) => string.Create(
        CultureInfo.InvariantCulture,
        $"{price.PerCallMicro}/{price.PerThousandMicro}/{price.CallBudgetMicro}/{price.UsualCallsMicro ?? price.CallBudgetMicro}/{price.UsualCallsPerThousandMicro}");

    /// <summary>The terms; null for a form that carries none, or something else.</summary>
    public static AgentPricing? Read(string? text) =>
        text?.Split('/').Select(Amount).ToArray() is [{ } perCall, { } perThousand, { } budget, { } usual, { } usualPerThousand]
            ? new AgentPricing(perCall, perThousand, budget) { UsualCallsMicro = usual, UsualCallsPerThousandMicro = usualPerThousand }
            : null;

    // Bounded, so that a price made of it does not overflow.
    private static long? Amount(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var micro) && micro <= MaxMicro ? micro : null;
}
