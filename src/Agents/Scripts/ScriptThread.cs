using System.Runtime.ExceptionServices;
using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>
/// Runs a script on a thread with a deep stack and answers by the wall clock. The engine's own limits end every script
/// we know of; should one hold a native operation in which the engine checks nothing, the caller is refused in time and
/// the thread is left to end by itself. At most <see cref="MaxAbandoned"/> such threads may exist:
/// beyond that no script is run until one has ended, so that hostile scripts cannot take every processor.
/// </summary>
internal sealed class ScriptThread
{
    /// <summary>The most threads left behind. Threads.</summary>
    public const int MaxAbandoned = 2;

    // Chains of objects a script may build within its memory are walked by recursion in the engine; on an ordinary stack
    // that ends the whole process. The pages are only used when they are touched.
    private const int StackBytes = 1 << 30;

    private int _abandoned;

    /// <summary>How many threads are left behind and still run.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <exception cref="AgentRefusedException">The time is over.</exception>
    /// <exception cref="AgentFailedException">Too many earlier scripts still hold their threads.</exception>
    public JsonElement Run(Func<JsonElement> run, TimeSpan atMost)
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

        var work = new Work(this, run);
        var thread = new Thread(work.Run, StackBytes) { IsBackground = true, Name = "script" };
        thread.Start();
        if (thread.Join(atMost) || !work.Abandon())
        {
            return work.Result();
        }

        throw new AgentRefusedException("The script ran too long and was stopped.") { Code = "script_timeout" };
    }

    private sealed class Work(ScriptThread owner, Func<JsonElement> run)
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
                Interlocked.Decrement(ref owner._abandoned);
            }
        }

        /// <summary>Counts the thread as left behind, unless it has just ended.</summary>
        public bool Abandon()
        {
            Interlocked.Increment(ref owner._abandoned);
            if (Interlocked.CompareExchange(ref _state, Left, Running) == Running)
            {
                return true;
            }

            Interlocked.Decrement(ref owner._abandoned);
            return false;
        }

        public JsonElement Result()
        {
            _fault?.Throw();
            return _result;
        }
    }
}
