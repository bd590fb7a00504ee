using System.Globalization;
using System.Text;

namespace Orkestron.Contracts.Orchestration;

/// <summary>
/// Names the places in an agent's code: numbers in the order in which the code asks, with a dot and more numbers for
/// branches that run at the same time. <c>2.0.1</c> is the second thing asked in the first branch of the third.
/// </summary>
internal sealed class StepKey(string prefix)
{
    private readonly Lock _lock = new();
    private List<StepKey>? _branches;
    private int _next = -1;
    private volatile bool _ended;

    public string Prefix => prefix;

    public string Next() => prefix + Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);

    public StepKey Branch(string key, int branch)
    {
        var made = new StepKey(string.Create(CultureInfo.InvariantCulture, $"{key}.{branch}."));
        lock (_lock)
        {
            (_branches ??= []).Add(made);
        }

        return made;
    }

    /// <summary>The code of this branch has run to its end: it asks for nothing more.</summary>
    public void End() => _ended = true;

    /// <summary>What was asked for here and in the branches, as <see cref="AskedPlaces"/> reads it.</summary>
    public void AppendTo(StringBuilder text)
    {
        var next = Volatile.Read(ref _next) + 1;
        if (next > 0 || !_ended)
        {
            text.Append(text.Length > 0 ? " " : "").Append(prefix).Append(CultureInfo.InvariantCulture, $"{next}")
                .Append(_ended ? "" : "+");
        }

        StepKey[] branches;
        lock (_lock)
        {
            branches = _branches is { } made ? [.. made] : [];
        }

        foreach (var branch in branches)
        {
            if (text.Length > AskedPlaces.MaxLength)
            {
                return;
            }

            branch.AppendTo(text);
        }
    }
}
