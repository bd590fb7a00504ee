using System.Runtime.ExceptionServices;
using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>
/// Runs a script on a thread with a deep stack and answers by the wall clock. The engine's own limits end every script
/// we know of; should one hold a native operation in which the engine checks nothing, the caller is refused in time and
/// the thread is left to end by itself. At most <see cref="MaxAbandoned"/> such threads may exist in the process:
/// beyond that no script is run until one has ended, so that hostile scripts cannot take every processor.
/// </summary>
internal static class ScriptThread
{
    /// <summary>The most threads left behind. Threads.</summary>
    public const int MaxAbandoned = 2;

    // Chains of objects a script may build within its memory are walked by recursion in the engine; on an ordinary stack
    // that ends the whole process. The pages are only used when they are touched.
    private const int StackBytes = 1 << 30;

    private static int _abandoned;

    /// <summary>How many threads are left behind and still run.</summary>
    public static int Abandoned => Volatile.Read(ref _abandoned);

    /// <exception cref="AgentRefusedException">The time is over.</exception>
    /// <exception cref="AgentFailedException">Too many earlier scripts still hold their threads.</exception>
    public static JsonElement Run(Func<JsonElement> run, TimeSpan atMost)
    {
        if (Abandoned >= MaxAbandoned)
        {
            throw new AgentFailedException("Earlier scripts have not ended yet. Try again later.")
            {
                Code = "sandbox_busy",
                Retryable = true,
                RetryAfter = TimeSpan.FromSeconds(30),
            };
        }

        var work = new Work(run);
        var thread = new Thread(work.Run, StackBytes) { IsBackground = true, Name = "script" };
        thread.Start();
        if (thread.Join(atMost) || !work.Abandon())
        {
            return work.Result();
        }

        throw new AgentRefusedException("The script ran too long and was stopped.") { Code = "script_timeout" };
    }

    private sealed class Work(Func<JsonElement> run)
    {
        private const int Running = 0;
        private const int Done = 1;
        private const int Left = 2;

        private int _state;
        private JsonElement _result;
        private ExceptionDispatchInfo? _fault;

        public void Run()
        {
            try
            {
                _result = run();
            }
            catch (Exception e)
            {
                _fault = ExceptionDispatchInfo.Capture(e);
            }

            if (Interlocked.CompareExchange(ref _state, Done, Running) == Left)
            {
                Interlocked.Decrement(ref _abandoned);
            }
        }

        /// <summary>Counts the thread as left behind, unless it has just ended.</summary>
        public bool Abandon()
        {
            Interlocked.Increment(ref _abandoned);
            if (Interlocked.CompareExchange(ref _state, Left, Running) == Running)
            {
                return true;
            }

            Interlocked.Decrement(ref _abandoned);
            return false;
        }

        public JsonElement Result()
        {
            _fault?.Throw();
            return _result;
        }
    }
}
