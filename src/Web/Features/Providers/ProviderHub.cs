using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Providers;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// The hub that the processes of providers connect to, from behind any firewall, to receive steps. Everything that they send
/// is bounded and refers to steps by sealed tickets.
/// </summary>
/// <exception cref="HubException">
/// The message begins with a code. <c>invalid</c>, <c>forbidden</c> and <c>not_found</c> are final; <c>too_many</c> and
/// <c>unavailable</c> are sent again; <c>fault</c> is sent again a limited number of times.
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
                ProviderHubNames.Closing, "too_many", "Your account has reached its limit of connections.", Context.ConnectionAborted);
            Context.Abort();
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception) => connections.CloseAsync(Context.ConnectionId);

    /// <summary>Announces the agents that the process serves, the steps that it runs and its capacity. Called again when they
    /// change.</summary>
    public async Task<ProviderWelcome> Announce(ProviderHello hello)
    {
        await announcements.TakeAsync(CountMessage(), hello);
        return new ProviderWelcome(options.Value.MaxOutputBytes, options.Value.MaxPartialCharacters)
        {
            MaxCalls = options.Value.MaxCalls,
            MaxValues = options.Value.MaxValues,
            MaxValueBytes = options.Value.MaxValueBytes,
        };
    }

    /// <summary>Reports the end of a step. Returns once that is durable, or when nobody needs it; it is not sent again then.</summary>
    /// <returns>Why the answer was rejected and the step failed; null when the answer was accepted.</returns>
    public async Task<AgentFailure?> Answer(StepAnswer answer)
    {
        var (connection, ticket) = Open(answer?.Ticket);
        var result = values.Add(answer!.ToResult(ticket, options.Value.MaxOutputBytes), answer!.Values);
        await connection.Agent(ticket.Agent).AnswerAsync(result);
        connection.Drop(ticket.Step);
        return result.ToRefusal();
    }

    /// <summary>Returns a step unfinished, to be run elsewhere.</summary>
    public async Task HandBack(string ticketText)
    {
        var (connection, ticket) = Open(ticketText);
        await connection.Agent(ticket.Agent).HandBackAsync(ticket.Step);
        connection.Drop(ticket.Step);
    }

    /// <summary>Reports the progress of steps. Not async, so that reports keep their order.</summary>
    public Task Report(IReadOnlyList<StepProgress> reports)
    {
        var connection = CountMessage();
        foreach (var report in (reports ?? []).Take(options.Value.MaxRunning))
        {
            if (connection.TryOpen(report?.Ticket, out var ticket))
            {
                connection.Report(ticket, report!);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Calls another agent for a step; the result arrives as a message.</summary>
    public Task Call(AgentCall call)
    {
        var (connection, ticket) = Open(call?.Ticket);
        calls.Begin(connection, ticket, call!);
        return Task.CompletedTask;
    }

    /// <summary>As <see cref="Call"/>, for a message without an invocation id, whose sender would not receive an error.</summary>
    public Task CallUnanswered(AgentCall call)
    {
        var (connection, ticket) = Open(call?.Ticket);
        return calls.BeginOrFailAsync(connection, ticket, call!);
    }

    /// <summary>Records a timer, a question or a side effect of a step, once.</summary>
    public Task<StepHistoryResult> Mark(StepHistoryRequest mark)
    {
        var (_, ticket) = Open(mark?.Ticket);
        return marks.TakeAsync(ticket, mark!);
    }

    /// <summary>Records side effects that a step has already continued with, once each. Returns when they are durable.</summary>
    public Task<StepValuesResult> Record(StepValues recorded)
    {
        var (_, ticket) = Open(recorded?.Ticket);
        return values.RecordAsync(ticket, recorded!.Values);
    }

    /// <summary>The address to read a file of a step from.</summary>
    public Task<StepFileLink> OpenArtifact(string ticketText, string reference)
    {
        var (_, ticket) = Open(ticketText);
        return files.OpenAsync(ticket, reference);
    }

    /// <summary>The address to upload a new file of a step to.</summary>
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

    /// <summary>Receives the next message for a step. Returns when there is one, or without one after a few seconds.</summary>
    public Task<StepMessageResult> Receive(StepReceive receive)
    {
        var (connection, ticket) = Open(receive?.Ticket);
        return messages.ReceiveAsync(connection, ticket, receive!);
    }

    /// <summary>Cancels the calls of a step whose keys have a prefix. They cost nothing.</summary>
    public Task CancelCalls(string ticketText, string keyPrefix)
    {
        var (_, ticket) = Open(ticketText);
        return marks.CancelAsync(ticket, keyPrefix);
    }

    /// <summary>The process shuts down: its unfinished steps go to other workers at once.</summary>
    public Task Leave()
    {
        CountMessage().Left = true;
        return Task.CompletedTask;
    }

    private ProviderConnection CountMessage()
    {
        var connection = Connection;
        if (!connection.TryCountMessage())
        {
            connection.CloseAsync("flood", "The process sends more messages than one connection may send.").Ignore();
            throw new HubException("too_many: The process sends more messages than one connection may send.");
        }

        return connection;
    }

    private (ProviderConnection Connection, StepTicket Ticket) Open(string? text)
    {
        var connection = CountMessage();
        if (!connection.TryOpen(text, out var ticket))
        {
            throw new HubException("invalid: This is not the ticket of a step.");
        }

        return connection.Serves(ticket.Agent)
            ? (connection, ticket)
            : throw new HubException($"forbidden: This connection does not serve {ticket.Agent}. Announce it first.");
    }
}
