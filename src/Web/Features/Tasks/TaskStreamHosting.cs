using Microsoft.AspNetCore.SignalR;
using Orkestron.Web.Features.Tasks.Live;
using Orkestron.Web.Features.Tasks.Submission;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Shared.Hubs;

namespace Orkestron.Web.Features.Tasks;

/// <summary>Registers what the tasks feature needs: submissions, event streams and the hub.</summary>
internal static class TaskStreamHosting
{
    public static IServiceCollection AddTaskStreams(this IServiceCollection services)
    {
        services.AddSingleton<HubFaults>();
        services.AddSingleton<TaskSubmissions>();
        services.AddSingleton<TaskWaiting>();
        services.AddSingleton<TaskRelays>();
        services.AddSingleton<TaskStreams>();
        services.AddSignalR(static options =>
            {
                // The hub is read-only: messages contain a task id and a number.
                options.MaximumReceiveMessageSize = 4_096;
                options.MaximumParallelInvocationsPerClient = 8;
                options.EnableDetailedErrors = false;
                options.AddFilter<HubFaults>();
            })
            .AddJsonProtocol(static options => ApiJson.Configure(options.PayloadSerializerOptions));
        return services;
    }
}
