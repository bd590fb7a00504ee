using Orkestron.Contracts.Providers;
using Orkestron.Web.Agents;
using Orkestron.Web.Artifacts;
using Orkestron.Web.Consent;
using Orkestron.Web.Endpoints;
using Orkestron.Web.Messages;
using Orkestron.Web.Operations;
using Orkestron.Web.Orchestration;
using Orkestron.Web.Privacy;
using Orkestron.Web.Providers;
using Orkestron.Web.Tasks;
using Orkestron.Web.Users;
using Orkestron.Web.Wallets;

namespace Orkestron.Web.Common;

/// <summary>Everything programs call.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Routes.Api);
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
        app.MapHub<TaskHub>($"{Routes.Hubs}/tasks", static options => options.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Scopes.Read);
        app.MapHub<ProviderHub>(ProviderHubNames.Path, static options => options.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Scopes.Publish);
        app.MapPlanSchema();
        app.MapHealth();
        app.MapApiDescription();
    }
}
