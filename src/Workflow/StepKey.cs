using System.Globalization;
using System.Text;

namespace Orkestron.Workflow;

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

    /// <summary>The place that <see cref="Next"/> gives next.</summary>
    public string Coming => prefix + (Volatile.Read(ref _next) + 1).ToString(CultureInfo.InvariantCulture);

    public StepKey Branch(string key, int branch) => Add(string.Create(CultureInfo.InvariantCulture, $"{key}.{branch}."));

    /// <summary>Places for undoing what was done at a place: apart, so that it does not matter how far the code had come.</summary>
    public StepKey Undo(string place) => Add($"{prefix}{UndoCommandIds.Word}.{place[prefix.Length..]}.");

    // The same branch again begins anew.
    private StepKey Add(string branch)
    {
        var made = new StepKey(branch);
        lock (_lock)
        {
            _branches ??= [];
            _branches.RemoveAll(known => known.Prefix == branch);
            _branches.Add(made);
        }

        return made;
    }

    /// <summary>The code of this branch has run to its end: it asks for nothing more.</summary>
    public void End() => _ended = true;

    /// <summary>What was asked for here and in the branches, as <see cref="CommandTrace"/> reads it.</summary>
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
            if (text.Length > CommandTrace.MaxLength)
            {
                return;
            }

            branch.AppendTo(text);
        }
    }
}
