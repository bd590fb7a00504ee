using System.Globalization;
using Orkestron.Domain.Agents;

namespace Orkestron.Web.Features.Agents.Run;

/// <summary>
/// The prices that a run form showed, carried in the form. The user agreed to them, so a run must not cost more. The amount
/// itself is not carried because without a script it is unknown until the form with the input is posted.
/// </summary>
internal static class AgreedTerms
{
    /// <summary>The name of the form's field.</summary>
    public const string Field = "agreed";

    private const long MaxMicro = 1_000_000_000_000_000;

    public static string Of(AgentPricing price) => string.Create(
        CultureInfo.InvariantCulture,
        $"{price.PerCallMicro}/{price.PerThousandMicro}/{price.CallBudgetMicro}/{price.UsualCallsMicro ?? price.CallBudgetMicro}/{price.UsualCallsPerThousandMicro}");

    /// <summary>Reads the prices; null when they are missing or malformed.</summary>
    public static AgentPricing? Read(string? text) =>
        text?.Split('/').Select(Amount).ToArray() is [{ } perCall, { } perThousand, { } budget, { } usual, { } usualPerThousand]
            ? new AgentPricing(perCall, perThousand, budget) { UsualCallsMicro = usual, UsualCallsPerThousandMicro = usualPerThousand }
            : null;

    // Bounded, so that calculations with it do not overflow.
    private static long? Amount(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var micro) && micro <= MaxMicro ? micro : null;
}
