using Orkestron.Contracts.Agents;

namespace Orkestron.Workflow;

/// <summary>Runs branches against each other.</summary>
internal static class Race
{
    /// <summary>The first branch that answers, and its answer. A failed one is out; when all are, the last failure is told.</summary>
    public static async Task<(int Winner, T Result)> RunAsync<T>(
        IReadOnlyList<Func<IAgentContext, CancellationToken, Task<T>>> branches,
        IReadOnlyList<IAgentContext> contexts,
        CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = branches.Select((branch, i) => branch(contexts[i], over.Token)).ToList();
        var all = running.ToArray();
        try
        {
            Task<T>? suspended = null;
            while (true)
            {
                var ended = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(ended);
                if (ended.IsCompletedSuccessfully)
                {
                    return (Array.IndexOf(all, ended), await ended.ConfigureAwait(false));
                }

                // A branch that waits for long is still in: the race goes on when it wakes.
                suspended = ended.IsCanceled || ended.Exception?.InnerException is AgentSuspendedException ? ended : suspended;
                if (running.Count == 0)
                {
                    await (suspended ?? ended).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }
    }
}
