using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Features.Providers;

/// <summary>The connections of providers on this node. Renews their leases and closes those whose API key was revoked.</summary>
internal sealed partial class ProviderConnections(
    IHubContext<ProviderHub> hub,
    IGrainFactory grains,
    StepTickets tickets,
    TimeProvider clock,
    IOptions<ProviderHubOptions> options,
    ILogger<ProviderConnections> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, ProviderConnection> _connections = new(StringComparer.Ordinal);

    public ProviderConnection? Find(string connectionId) => _connections.GetValueOrDefault(connectionId);

    /// <summary>Adds a connection; false when the user has too many.</summary>
    public bool Open(HubCallerContext caller)
    {
        var userId = caller.User!.RequiredUserId();
        if (_connections.Values.Count(each => each.UserId == userId) >= options.Value.MaxConnectionsPerUser)
        {
            return false;
        }

        _connections[caller.ConnectionId] = new ProviderConnection(
            caller,
            userId,
            caller.User!.FindFirstValue(UserClaims.KeyHash),
            hub.Clients.Client(caller.ConnectionId),
            grains,
            tickets,
            clock,
            options.Value);
        return true;
    }

    public async Task CloseAsync(string connectionId)
    {
        if (!_connections.TryRemove(connectionId, out var connection))
        {
            return;
        }

        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception fault)
        {
            // The agents' lease expires by itself.
            LogUnlinkFailed(logger, fault);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RenewPeriod, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var connection in _connections.Values)
            {
                _ = RenewAsync(connection);
            }
        }
    }

    private async Task RenewAsync(ProviderConnection connection)
    {
        try
        {
            if (connection.KeyHash is { } hash && await grains.GetGrain<IApiKeyGrain>(hash).OwnerAsync() is null)
            {
                await connection.CloseAsync("api_key_refused", "The API key was revoked.");
            }
            else if (connection.Silent)
            {
                await connection.CloseAsync("silent", "Call Announce once the connection is open, to say which agents the process serves.");
            }
            else
            {
                await connection.RenewAsync();
            }
        }
        catch (Exception fault)
        {
            LogNotRenewed(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The agents could not be notified that a provider's connection ended.")]
    private static partial void LogUnlinkFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A provider's lease was not renewed; the next turn tries again.")]
    private static partial void LogNotRenewed(ILogger logger, Exception fault);
}
