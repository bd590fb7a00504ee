using Orkestron.Silo.Artifacts;
using Orkestron.Web.Features.Agents.Run;
using Orkestron.Web.Features.Publishing;
using Orkestron.Web.Features.Publishing.Wizard;
using Orkestron.Web.Features.Tasks.Details;
using Orkestron.Web.Features.Tasks.MyTasks;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Forms;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Shared.Layout;
using Orkestron.Web.Shared.Rendering;
using Orkestron.Web.Startup.Pipeline;

namespace Orkestron.Web.Startup;

/// <summary>Registers and maps the pages: static server-rendered components, forms that work without script, and their assets.</summary>
internal static class PagesHosting
{
    private const string AgentPage = "/agents/{Provider}/{Name}";
    private const long FieldsBytes = 4 << 20;

    /// <summary>Registers what pages need. Call after authentication and the silo or client.</summary>
    public static IServiceCollection AddOrkestronPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // A field may have several controls.
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(static form => form.ValueCountLimit = 4 * FormBudget.MaxFields);
        services.AddHttpContextAccessor();
        services.AddScoped<PageUser>();
        services.AddSingleton<SafeMarkdown>();
        services.AddSingleton<RunSubmission>();
        services.AddSingleton<DraftRules>();
        services.AddSingleton<PublishWizard>();
        services.AddSingleton<OwnAgents>();
        services.AddSingleton<TaskSearch>();
        services.AddExceptionHandler<PageFaults>();
        services.AddAntiforgery(static options =>
        {
            options.Cookie.Name = "orkestron-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services;
    }

    /// <summary>Maps pages, their parts and their assets. Call after <c>UseAntiforgery</c>.</summary>
    public static WebApplication MapOrkestronPages(this WebApplication app)
    {
        app.MapStaticAssets();
        var largest = app.Services.GetRequiredService<ArtifactFiles>().MaxFileBytes;
        app.MapRazorComponents<App>().Add(endpoint =>
        {
            // Its form may carry a file.
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: AgentPage })
            {
                endpoint.Metadata.Add(new BodyLimit(largest, FieldsBytes));
            }

            PageQuery.AddTo(endpoint);
        });
        app.MapRunPreview();
        app.MapTaskParts();
        // No fallback route: it would answer 404 for known addresses with another method (405) or content type (415).
        app.Use(static (context, next) =>
            context.GetEndpoint() is null && !ApiRoutes.IsMachine(context.Request.Path)
                ? FaultPage.WriteAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    "There is nothing at this address",
                    "It may be mistyped, or the page has moved. Nothing was changed.")
                : next(context));
        return app;
    }
}
