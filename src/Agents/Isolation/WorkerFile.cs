using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;

namespace Orkestron.Agents.Isolation;

/// <summary>The file that a child has open: it asks for part after part, so no more than one is on the way.</summary>
internal sealed class WorkerFile(Pipe pipe, IAgentContext context, CancellationToken cancellationToken) : IDisposable
{
    private const int PartBytes = 256 << 10;

    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private AgentArtifact? _file;
    private bool _disposed;

    public bool Open(string reference) => Then(async () =>
    {
        FileMessage told;
        try
        {
            await CloseFileAsync();
            var file = await context.OpenArtifactAsync(reference, cancellationToken);
            _file = file;
            told = new FileMessage(file.Name, file.MediaType, file.Size, null);
        }
        catch (AgentFailedException failed)
        {
            told = new FileMessage(null, null, 0, new EndMessage(
                EndKind.Failed, failed.Code, failed.Message, failed.Retryable, failed.RetryAfter));
        }

        pipe.SendJson(FrameKind.File, told);
    });

    public bool Read() => Then(async () =>
    {
        var part = new byte[PartBytes];
        var count = _file is { } file ? await file.Content.ReadAtLeastAsync(part, PartBytes, false, cancellationToken) : 0;
        pipe.Send(FrameKind.Chunk, part.AsSpan(0, count));
    });

    public bool Close() => Then(CloseFileAsync);

    public void Dispose()
    {
        Then(CloseFileAsync);
        lock (_lock)
        {
            _disposed = true;
        }
    }

    private async Task CloseFileAsync()
    {
        if (Interlocked.Exchange(ref _file, null) is { } file)
        {
            await file.DisposeAsync();
        }
    }

    // One after the other, off the thread that listens. Only one question is open at a time, or the child is not ours.
    private bool Then(Func<Task> work)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return false;
            }

            _last = _last.ContinueWith(
                _ => Guarded(work), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
            return true;
        }
    }

    private static async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The call is over, and ends by its own word.
        }
    }
}
