using System.Text.Json;
using System.Threading.Channels;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;
using Orkestron.Workflow;

namespace Orkestron.Agents.Isolation;

/// <summary>An agent's context in a child process: progress, text and files go over the pipe. It has no other access.</summary>
internal sealed class PipeContext(Pipe node, RunMessage run) : IAgentContext, IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();

    // One file is asked for at a time, and one part of it.
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Channel<(FrameKind Kind, byte[] Content)> _answers =
        Channel.CreateUnbounded<(FrameKind, byte[])>(new UnboundedChannelOptions { SingleReader = true });

    private int _ids;

    public RunMessage Run => run;

    public CancellationToken Cancelled => _cancelled.Token;

    public string TaskId => run.TaskId;

    public string StepId => run.StepId;

    public int Attempt => run.Attempt;

    public TimeProvider Clock => TimeProvider.System;

    public DateTimeOffset Now => run.Now;

    public Guid NewId() => new(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
            $"{run.TaskId}/{run.StepId}/{Interlocked.Increment(ref _ids)}")).AsSpan(0, 16));

    /// <summary>The caller wants no answer any more.</summary>
    public async Task CancelAsync()
    {
        try
        {
            await _cancelled.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        _asking.Dispose();
    }

    /// <summary>Takes what the node sent for this call.</summary>
    public void Take(FrameKind kind, byte[] content) => _answers.Writer.TryWrite((kind, content));

    public void Progress(double? percent, string message) =>
        node.SendJson(FrameKind.Progress, new ProgressMessage(percent, TextCut.Head(message, 300)));

    public void Write(string text) => node.SendText(FrameKind.Text, text);

    public async Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken)
    {
        var file = Pipe.Read<FileMessage>(await AskAsync(
            () => node.SendJson(FrameKind.Open, new OpenMessage(reference)), FrameKind.File, cancellationToken));
        return file.Failure is { } failure
            ? throw CallFailures.Exception(failure)
            : new AgentArtifact(file.Name!, file.MediaType!, file.Size, new PipeFile(this));
    }

    /// <summary>The next part of the open file; empty at its end.</summary>
    public Task<byte[]> ReadAsync(CancellationToken cancellationToken) =>
        AskAsync(() => node.Send(FrameKind.Read), FrameKind.Chunk, cancellationToken);

    /// <summary>The open file is not needed any more.</summary>
    public void Close() => node.Send(FrameKind.Close);

    public Task<JsonElement> CallAgentAsync(string agent, JsonElement input, CancellationToken cancellationToken) =>
        throw NotHere();

    public Task<JsonElement> CallAgentAsync(
        string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken) => throw NotHere();

    public Task<string> CreateArtifactAsync(
        string name, string mediaType, Stream content, CancellationToken cancellationToken) => throw NotHere();

    public Task SendAsync(MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken) => throw NotHere();

    public Task<AgentMessage> ReceiveAsync(string? type, CancellationToken cancellationToken) => throw NotHere();

    public Task SleepAsync(TimeSpan delay, CancellationToken cancellationToken) => throw NotHere();

    public Task<JsonElement> AskUserAsync(UserQuestion question, CancellationToken cancellationToken) => throw NotHere();

    public Task<JsonElement> SideEffectAsync(
        Func<CancellationToken, Task<JsonElement>> effect, CancellationToken cancellationToken) => throw NotHere();

    public Task<T[]> WhenAllAsync<T>(
        IReadOnlyList<Func<IAgentContext, Task<T>>> branches, int atMost, CancellationToken cancellationToken) => throw NotHere();

    public Task<T> RaceAsync<T>(
        IReadOnlyList<Func<IAgentContext, CancellationToken, Task<T>>> branches, CancellationToken cancellationToken) =>
        throw NotHere();

    private async Task<byte[]> AskAsync(Action ask, FrameKind expected, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            ask();
            var (kind, content) = await _answers.Reader.ReadAsync(cancellationToken);
            return kind == expected ? content : throw new InvalidDataException($"Expected {expected}, got {kind}.");
        }
        finally
        {
            _asking.Release();
        }
    }

    private static NotSupportedException NotHere() =>
        new("An agent in a process of its own answers, tells its progress and reads files. It asks its task for nothing else.");
}
