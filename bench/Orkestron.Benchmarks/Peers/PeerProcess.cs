using System.Diagnostics;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Peers;

/// <summary>A process of a peer.</summary>
internal sealed class PeerProcess : IDisposable
{
    private const int KeptLines = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Queue<string> _said = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PeerProcess(string program, string[] arguments, string folder) =>
        _process = Children.Start(program, arguments, Hear, folder);

    public int Id => _process.Id;

    /// <summary>Starts a program that is ready at once.</summary>
    public static PeerProcess Start(string folder, string program, params string[] arguments) => new(program, arguments, folder);

    /// <summary>Starts a script, and waits until it says <c>ready</c>.</summary>
    public static async Task<PeerProcess> StartScriptAsync(string folder, string script, params string[] arguments)
    {
        var process = new PeerProcess("node", [script, .. arguments], folder);
        await process.WaitAsync(process._ready.Task).ConfigureAwait(false);
        return process;
    }

    /// <summary>Asks again until the answer is yes.</summary>
    /// <exception cref="InvalidOperationException">It ended, or takes too long; the message has what it said.</exception>
    public async Task UntilAsync(Func<Task<bool>> done)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await done().ConfigureAwait(false))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw Fault();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System).ConfigureAwait(false);
        }
    }

    public void Dispose() => Children.End(_process);

    private async Task WaitAsync(Task ready)
    {
        if (await Task.WhenAny(
            ready, _process.WaitForExitAsync(), Task.Delay(Patience, TimeProvider.System)).ConfigureAwait(false) != ready)
        {
            throw Fault();
        }
    }

    private void Hear(string? line)
    {
        if (line == "ready")
        {
            _ready.TrySetResult();
        }
        else if (line is not null)
        {
            lock (_said)
            {
                _said.Enqueue(line);
                if (_said.Count > KeptLines)
                {
                    _said.Dequeue();
                }
            }
        }
    }

    private InvalidOperationException Fault()
    {
        lock (_said)
        {
            return new InvalidOperationException($"A peer's process does not serve. It said: {string.Join('\n', _said)}");
        }
    }
}
