using System.Runtime.ExceptionServices;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Branches of a plan that run at the same time.</summary>
internal static class ParallelBranches
{
    /// <summary>Runs branches at the same time. When some fail, throws the first failure once all have ended.</summary>
    public static async Task<T[]> RunAsync<T>(
        PlanFrame frame, int count, int atMost, Func<int, IAgentContext, Task<T>> branch)
    {
        var place = frame.Durable?.Place;
        var ended = 0;
        var failures = new List<(DateTimeOffset At, int Branch, Exception Fault)>();
        try
        {
            return await frame.Context.WhenAllAsync(
                [.. Enumerable.Range(0, count).Select(i => (Func<IAgentContext, Task<T>>)(inner => OneAsync(i, inner)))],
                atMost,
                frame.Stop);
        }
        catch (Exception) when (failures.Count > 0 && !frame.Stop.IsCancellationRequested)
        {
            // The calls that other branches still wait for are cancelled, so that a later run gets no further than this one.
            if (place is not null && ended < count)
            {
                await frame.Durable!.CancelCallAsync(place, frame.Stop);
            }

            ExceptionDispatchInfo.Throw(failures.MinBy(static each => (each.At, each.Branch)).Fault);
            throw;
        }

        async Task<T> OneAsync(int i, IAgentContext inner)
        {
            try
            {
                var answer = await branch(i, inner);
                Interlocked.Increment(ref ended);
                return answer;
            }
            catch (Exception fault) when (Failures.Is(fault))
            {
                Interlocked.Increment(ref ended);
                lock (failures)
                {
                    failures.Add(((fault as AgentFailedException)?.At ?? inner.Now, i, fault));
                }

                throw;
            }
        }
    }
}
