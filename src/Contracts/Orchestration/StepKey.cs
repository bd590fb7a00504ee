using System.Globalization;

namespace Orkestron.Contracts.Orchestration;

/// <summary>
/// Names the places in an agent's code: numbers in the order in which the code asks, with a dot and more numbers for
/// branches that run at the same time. <c>2.0.1</c> is the second thing asked in the first branch of the third.
/// </summary>
internal sealed class StepKey(string prefix)
{
    private int _next = -1;

    public string Prefix => prefix;

    public string Next() => prefix + Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);

    public static StepKey Branch(string key, int branch) => new(string.Create(CultureInfo.InvariantCulture, $"{key}.{branch}."));
}
