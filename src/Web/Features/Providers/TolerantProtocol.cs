using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Providers;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// SignalR's JSON protocol, except that a message that cannot be read costs its sender neither the connection nor the step: an
/// unreadable answer fails its step with the reason, any other message is answered with an error.
/// </summary>
internal sealed class TolerantProtocol(IOptions<JsonHubProtocolOptions> json, IOptions<ProviderHubOptions> options) : IHubProtocol
{
    private const byte Separator = 0x1E;

    private readonly JsonHubProtocol _inner = new(json);

    public string Name => _inner.Name;

    public int Version => _inner.Version;

    public TransferFormat TransferFormat => _inner.TransferFormat;

    public bool IsVersionSupported(int version) => _inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _inner.WriteMessage(message, output);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (input.PositionOf(Separator) is not { } end)
        {
            return false;
        }

        var frame = input.Slice(0, end);
        var rest = input.Slice(input.GetPosition(1, end));
        if (frame.Length > options.Value.MaxMessageBytes)
        {
            input = rest;
            message = Refused(frame, binder, $"It has more than {options.Value.MaxMessageBytes:N0} bytes.")
                ?? throw new InvalidDataException("The message is too large.");
            return true;
        }

        try
        {
            if (!_inner.TryParseMessage(ref input, binder, out message))
            {
                return false;
            }
        }
        catch (InvalidDataException)
        {
            input = rest;
            message = Refused(frame, binder, null);
            if (message is null)
            {
                throw;
            }

            return true;
        }

        message = message switch
        {
            InvocationBindingFailureMessage => Refused(frame, binder, null) ?? message,
            // Earlier versions of the library repeat their calls like this after a reconnect.
            InvocationMessage { InvocationId: null, Target: ProviderHubNames.Call } unanswered => new InvocationMessage(
                nameof(ProviderHub.CallUnanswered), unanswered.Arguments),
            _ => message,
        };
        return true;
    }

    /// <summary>The message to handle in place of one that cannot be read; null when its method is unknown.</summary>
    private static HubMessage? Refused(ReadOnlySequence<byte> frame, IInvocationBinder binder, string? why)
    {
        var head = MessageHead.Read(frame.IsSingleSegment ? frame.FirstSpan : frame.ToArray());
        if (head is not { Type: 1, Target: { } target })
        {
            return null;
        }

        why ??= head.Fault?.Replace("'/arguments/0/output", "'", StringComparison.Ordinal)
            ?? "It does not have the form that this method takes.";
        IReadOnlyList<Type> parameters;
        try
        {
            parameters = binder.GetParameterTypes(target);
        }
        catch (Exception unknown) when (unknown is InvalidOperationException or HubException or KeyNotFoundException)
        {
            return null;
        }

        if (parameters is [var only] && only == typeof(StepAnswer) && head.Ticket is { } ticket)
        {
            return new InvocationMessage(
                head.InvocationId,
                target,
                [new StepAnswer(ticket, null, new AgentFailure("output_invalid", $"The agent's answer cannot be taken: {why}"))]);
        }

        return new InvocationBindingFailureMessage(
            head.InvocationId, target, System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(new HubException($"invalid: {why}")));
    }
}
