using System.Collections.Concurrent;
using Orkestron.Journal;

namespace Orkestron.Grains.Common;

/// <summary>
/// Appends that a grain hands to another one of its silo, to be written in one transaction with what that one records. One for
/// each silo.
/// </summary>
/// <remarks>
/// The append is named by its id in the call to the other grain, which finds it here if it is on the same silo. It is either
/// taken or withdrawn, so a call that is lost or refused leaves nothing that waits. See ADR 21.
/// </remarks>
internal sealed class LinkedAppends
{
    private readonly ConcurrentDictionary<Guid, LinkedAppend> _offered = new();

    /// <summary>Offers an append for as long as a call to another grain runs.</summary>
    /// <param name="append">The append, complete.</param>
    /// <param name="call">Calls the other grain with the append's id.</param>
    /// <returns>The call's answer, and the append on its way into the journal, or null when it was not taken.</returns>
    /// <exception cref="Exception">The call failed, and the append was not taken: it will not be written.</exception>
    public async Task<LinkedCall<T>> OfferAsync<T>(Append append, Func<Guid, Task<T>> call)
        where T : struct
    {
        var offered = new LinkedAppend(append);
        _offered[append.AppendId] = offered;
        try
        {
            var answer = await call(append.AppendId);
            return new(answer, Withdraw(append) ? null : offered.Sent);
        }
        catch when (!Withdraw(append))
        {
            // What became of the call does not matter: what it was to write is on its way, with this append.
            return new(null, offered.Sent);
        }
    }

    /// <summary>Takes an append, to write it with another one; null when it was withdrawn or is of another silo.</summary>
    public LinkedAppend? Take(Guid id) => _offered.TryRemove(id, out var offered) ? offered : null;

    private bool Withdraw(Append append) => _offered.TryRemove(append.AppendId, out _);
}

/// <summary>How a call went that an append was offered with.</summary>
/// <param name="Answer">The answer; null when the append was taken and the call failed then.</param>
/// <param name="Sent">Completes when the append has its place in the journal's queue, with its result; null when it was not taken.</param>
internal readonly record struct LinkedCall<T>(T? Answer, Task<Task<AppendResult>>? Sent)
    where T : struct;

/// <summary>An append of another grain that was taken: it is to be written with one of the taker.</summary>
internal sealed class LinkedAppend(Append append)
{
    private readonly TaskCompletionSource<Task<AppendResult>> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it has its place in the journal's queue; fails when the taker could not write.</summary>
    public Task<Task<AppendResult>> Sent => _sent.Task;

    /// <summary>Writes it as the second of two appends.</summary>
    /// <param name="journal">The journal of the silo.</param>
    /// <param name="first">The taker's append.</param>
    /// <param name="link">How the two depend on each other.</param>
    /// <returns>The result of the first.</returns>
    public Task<AppendResult> WriteWith(IJournal journal, Append first, AppendLink link)
    {
        var (own, other) = journal.AppendLinked(first, append, link);
        _sent.TrySetResult(other);
        return own;
    }

    /// <summary>Fails it when the taker's append fails before it is written.</summary>
    public async Task FailWithAsync(Task taker)
    {
        await taker.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!taker.IsCompletedSuccessfully)
        {
            _sent.TrySetException(new StreamBrokenException());
        }
    }
}
