using Orkestron.Contracts.Providers;
using Orkestron.Web.Features.Accounts;
using Orkestron.Web.Features.Agents.Catalogue;
using Orkestron.Web.Features.Consent;
using Orkestron.Web.Features.Endpoints;
using Orkestron.Web.Features.Files;
using Orkestron.Web.Features.Health;
using Orkestron.Web.Features.Messages;
using Orkestron.Web.Features.OpenApi;
using Orkestron.Web.Features.Plans;
using Orkestron.Web.Features.Privacy;
using Orkestron.Web.Features.Providers;
using Orkestron.Web.Features.Publishing;
using Orkestron.Web.Features.Publishing.Rollout;
using Orkestron.Web.Features.Tasks;
using Orkestron.Web.Features.Tasks.Comparing;
using Orkestron.Web.Features.Tasks.Live;
using Orkestron.Web.Features.Tasks.Sharing;
using Orkestron.Web.Features.Wallets;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Startup;

/// <summary>Maps everything that programs call: REST, hubs, health and the API description.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(ApiRoutes.Api);
        api.MapAccount();
        api.MapApiKeys();
        api.MapPolicy();
        api.MapAgents();
        api.MapPublishing();
        api.MapRollout();
        api.MapOwnAgents();
        api.MapEndpoints();
        api.MapCallbacks();
        api.MapPlans();
        api.MapTasks();
        api.MapTaskEvents();
        api.MapShares();
        api.MapStepValues();
        api.MapComparison();
        api.MapArtifacts();
        api.MapStepArtifacts();
        api.MapMessages();
        api.MapWallet();
        api.MapConsents();
        app.MapHub<TaskHub>($"{ApiRoutes.Hubs}/tasks", static options => options.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Scopes.Read);
        app.MapHub<ProviderHub>(ProviderHubNames.Path, static options => options.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Scopes.Publish);
        app.MapPlanSchema();
        app.MapHealth();
        app.MapApiDescription();
    }
}
