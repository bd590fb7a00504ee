using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Providers;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// Where the processes of providers connect, from behind any firewall, to be handed steps. All that they send is bounded,
/// and named by sealed tickets.
/// </summary>
/// <exception cref="HubException">
/// Begins with a code: <c>invalid</c>, <c>forbidden</c> and <c>not_found</c> are for good; <c>too_many</c> and
/// <c>unavailable</c> are to be sent again; <c>fault</c> as well, but not for ever.
/// </exception>
internal sealed class ProviderHub(
    ProviderConnections connections,
    ProviderAnnouncements announcements,
    ProviderCalls calls,
    ProviderHistory marks,
    ProviderValues values,
    ProviderMessages messages,
    ProviderFiles files,
    IOptions<ProviderHubOptions> options) : Hub
{
    private ProviderConnection Connection => connections.Find(Context.ConnectionId)
        ?? throw new HubException("invalid: The connection has ended.");

    public override async Task OnConnectedAsync()
    {
        if (!connections.Open(Context))
        {
            await Clients.Caller.SendAsync(
                ProviderHubNames.Closing, "too_many", "Your account has as many connections as it may have.", Context.ConnectionAborted);
            Context.Abort();
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception) => connections.CloseAsync(Context.ConnectionId);

    /// <summary>Says what the process serves, runs and takes at once. Again when that changes.</summary>
    public async Task<ProviderWelcome> Announce(ProviderHello hello)
    {
        await announcements.TakeAsync(Counted(), hello);
        return new ProviderWelcome(options.Value.MaxOutputBytes, options.Value.MaxPartialCharacters)
        {
            MaxCalls = options.Value.MaxCalls,
            MaxValues = options.Value.MaxValues,
            MaxValueBytes = options.Value.MaxValueBytes,
        };
    }

    /// <summary>Hands in how a step ended. Returns when that is durable, or of no interest: then it need not be sent again.</summary>
    /// <returns>Why the answer itself was not taken, and the step failed; null when it was.</returns>
    public async Task<AgentFailure?> Answer(StepAnswer answer)
    {
        var (connection, ticket) = Open(answer?.Ticket);
        var handedIn = values.Add(answer!.ToAnswered(ticket, options.Value.MaxOutputBytes), answer!.Values);
        await connection.Agent(ticket.Agent).AnswerAsync(handedIn);
        connection.Drop(ticket.Step);
        return handedIn.ToRefusal();
    }

    /// <summary>Gives a step back unfinished.</summary>
    public async Task HandBack(string ticketText)
    {
        var (connection, ticket) = Open(ticketText);
        await connection.Agent(ticket.Agent).HandBackAsync(ticket.Step);
        connection.Drop(ticket.Step);
    }

    /// <summary>Tells how far steps are. Not async: reports keep their order.</summary>
    public Task Report(IReadOnlyList<StepProgress> reports)
    {
        var connection = Counted();
        foreach (var report in (reports ?? []).Take(options.Value.MaxRunning))
        {
            if (connection.TryOpen(report?.Ticket, out var ticket))
            {
                connection.Report(ticket, report!);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Calls another agent for a step; the end comes as a message.</summary>
    public Task Call(AgentCall call)
    {
        var (connection, ticket) = Open(call?.Ticket);
        calls.Begin(connection, ticket, call!);
        return Task.CompletedTask;
    }

    /// <summary>As <see cref="Call"/> when it was sent without asking for a result, and so would not hear that it was refused.</summary>
    public Task CallUnanswered(AgentCall call)
    {
        var (connection, ticket) = Open(call?.Ticket);
        return calls.BeginOrFailAsync(connection, ticket, call!);
    }

    /// <summary>Records a wait, a question or a value of a step, once.</summary>
    public Task<StepMarkResult> Mark(StepMark mark)
    {
        var (_, ticket) = Open(mark?.Ticket);
        return marks.TakeAsync(ticket, mark!);
    }

    /// <summary>Records values that a step has gone on with, once each. Returns when that is durable.</summary>
    public Task<StepValuesResult> Record(StepValues recorded)
    {
        var (_, ticket) = Open(recorded?.Ticket);
        return values.RecordAsync(ticket, recorded!.Values);
    }

    /// <summary>Where to read a file of a step.</summary>
    public Task<StepFileLink> OpenArtifact(string ticketText, string reference)
    {
        var (_, ticket) = Open(ticketText);
        return files.OpenAsync(ticket, reference);
    }

    /// <summary>Where to make a file for a step.</summary>
    public Task<StepFileLink> CreateArtifact(string ticketText)
    {
        var (_, ticket) = Open(ticketText);
        return files.CreateAsync(ticket);
    }

    /// <summary>Sends a message of a step to another one, once.</summary>
    public Task<StepMessageResult> Send(StepSend send)
    {
        var (_, ticket) = Open(send?.Ticket);
        return messages.SendAsync(ticket, send!);
    }

    /// <summary>Takes the next message for a step: answered when there is one, or after a few seconds without.</summary>
    public Task<StepMessageResult> Receive(StepReceive receive)
    {
        var (connection, ticket) = Open(receive?.Ticket);
        return messages.ReceiveAsync(connection, ticket, receive!);
    }

    /// <summary>Cancels the calls of a step under a prefix of keys. Nothing is paid for them.</summary>
    public Task CancelCalls(string ticketText, string keyPrefix)
    {
        var (_, ticket) = Open(ticketText);
        return marks.CancelAsync(ticket, keyPrefix);
    }

    /// <summary>The process ends for good: what it has not answered goes to others at once.</summary>
    public Task Leave()
    {
        Counted().Left = true;
        return Task.CompletedTask;
    }

    private ProviderConnection Counted()
    {
        var connection = Connection;
        if (!connection.Counted())
        {
            connection.CloseAsync("flood", "The process sends more messages than one connection may.").Ignore();
            throw new HubException("too_many: The process sends more messages than one connection may.");
        }

        return connection;
    }

    private (ProviderConnection Connection, StepTicket Ticket) Open(string? text)
    {
        var connection = Counted();
        if (!connection.TryOpen(text, out var ticket))
        {
            throw new HubException("invalid: This is no ticket of a step.");
        }

        return connection.Serves(ticket.Agent)
            ? (connection, ticket)
            : throw new HubException($"forbidden: This connection does not serve {ticket.Agent}. Announce it first.");
    }
}
