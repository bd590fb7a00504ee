using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Workflow;

// What plans need to undo what they have done.
public sealed partial class StepContext
{
    private readonly Dictionary<string, StepContext> _undo = new(StringComparer.Ordinal);
    private bool? _undoneHere;

    /// <summary>The step fails with <c>deadline_passed</c> when it has not ended after so long, counted from its first run.</summary>
    public Task LimitAsync(TimeSpan time, CancellationToken cancellationToken) =>
        port.WaitAsync(_key.Prefix + "once.deadline", time, cancellationToken);

    /// <summary>The place in the code at which the next thing is asked for.</summary>
    public string Place => _key.Coming;

    /// <summary>Whether this run goes again through what an earlier run has done, to undo it.</summary>
    public bool Undoing => step.Undoing;

    /// <summary>
    /// As the race without it; then each loser runs again, over what it had recorded when it was called off: whatever
    /// else it asks for fails with <c>call_withdrawn</c>, but for what undoes something.
    /// </summary>
    /// <param name="branches">The branches.</param>
    /// <param name="lost">Runs a loser, by its number.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<T> RaceAsync<T>(
        IReadOnlyList<Func<IAgentContext, CancellationToken, Task<T>>> branches,
        Func<int, IAgentContext, Task> lost,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lost);
        var key = _key.Coming;
        var result = await RaceAsync(branches, cancellationToken).ConfigureAwait(false);
        var winner = (await port.ValueAsync(key + Winner, null, cancellationToken).ConfigureAwait(false))!.Value.Value.GetInt32();
        for (var i = 0; i < branches.Count; i++)
        {
            if (i != winner)
            {
                await lost(i, new StepContext(step, port, _key.Branch(key, i), Now)).ConfigureAwait(false);
            }
        }

        return result;
    }

    /// <summary>
    /// A context for undoing what was done at a place of this one. What was begun before there were places apart for it is
    /// ended at the places where it was begun.
    /// </summary>
    public async Task<StepContext> UndoAsync(string place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        _undoneHere ??= await IsUndoneHereAsync(cancellationToken).ConfigureAwait(false);
        if (_undoneHere.Value)
        {
            return this;
        }

        if (!_undo.TryGetValue(place, out var context))
        {
            _undo[place] = context = new StepContext(step, port, _key.Undo(place), Now);
        }

        return context;
    }

    private async Task<bool> IsUndoneHereAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await port.ValueAsync(Place, null, cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (AgentFailedException known)
        {
            // A call stands there; or nothing is recorded here any more.
            return known.Code == "nondeterministic";
        }
    }

    /// <summary>
    /// Keeps money free to undo what comes next, and lets the task know that there is something to undo: for steps of a plan
    /// that are not one call. A run that only undoes reserves nothing.
    /// </summary>
    /// <param name="name">What tells it from others of the run: numbers and dots.</param>
    /// <param name="terms">Who undoes it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task ReserveUndoAsync(string name, UndoTerms terms, CancellationToken cancellationToken) =>
        Undoing ? Task.CompletedTask : port.ReserveUndoAsync($"{_key.Prefix}reserve.{name}", terms, cancellationToken);

    /// <summary>Undoes what plans within the call at a place have done.</summary>
    /// <returns>What was undone, and what was not; null when there was nothing.</returns>
    public async Task<JsonElement?> UndoCallAsync(string place, CancellationToken cancellationToken)
    {
        var key = _key.Next();
        if (await port.UndoAsync(place, key, cancellationToken).ConfigureAwait(false) is not { } recorded)
        {
            return null;
        }

        Saw(recorded.At);
        return recorded.Value;
    }

    /// <summary>Nothing that was asked for within a place, and has not ended, is wanted any more, now or in a later run.</summary>
    public Task CancelCallAsync(string place, CancellationToken cancellationToken) =>
        port.CancelAsync(place + ".", cancellationToken);
}
