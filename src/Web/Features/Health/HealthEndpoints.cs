using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Web.Features.Health;

/// <summary>Liveness and readiness of this process.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static () => Results.Json(new Health("live")))
            .WithTags("Machine").WithSummary("Whether the process is running");
        routes.MapGet("/health/ready", ReadyAsync)
            .WithTags("Machine").WithSummary("Whether the grains and the store answer, and agents are published");
    }

    private static async Task<IResult> ReadyAsync(
        IGrainFactory grains, TimeProvider clock, ILogger<Health> logger, CancellationToken cancellationToken)
    {
        try
        {
            var agents = grains.GetGrain<IAgentRegistryGrain>(0)
                .SearchAsync(new AgentQuery(null, null, null, null, "name", null, 1));
            var store = grains.GetGrain<ITaskListGrain>(0).MineAsync(new TaskQuery(Guid.Empty, null, null, null, 1));
            await Task.WhenAll(agents, store).WaitAsync(Patience, clock, cancellationToken);
            if ((await agents).Total > 0)
            {
                return Results.Json(new Health("ready"));
            }

            // A new cluster publishes its agents in its first second.
            return Results.Json(new Health("no agents yet"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            HealthLog.NotReady(logger, fault);
            return Results.Json(new Health("not ready"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

/// <summary>The answer of a health check.</summary>
internal sealed record Health(string Status);

internal static partial class HealthLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: the grains or the store do not answer.")]
    public static partial void NotReady(ILogger logger, Exception fault);
}
