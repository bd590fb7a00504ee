using Orkestron.Silo.Artifacts;
using Orkestron.Web.Artifacts;
using Orkestron.Web.Components.Accounts;
using Orkestron.Web.Components.Agents;
using Orkestron.Web.Components.Providers;
using Orkestron.Web.Components.Results;
using Orkestron.Web.Components.Tasks;

namespace Orkestron.Web.Components;

/// <summary>The pages for people: static server-rendered components, forms that need no script, and their assets.</summary>
internal static class PagesHosting
{
    private const string AgentPage = "/agents/{Provider}/{Name}";
    private const long FieldsBytes = 4 << 20;

    /// <summary>Registers what pages need. Call after authentication and the silo or client.</summary>
    public static IServiceCollection AddOrkestronPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // A form of the most fields has some controls for each.
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(static form => form.ValueCountLimit = 4 * Forms.FormBudget.MaxFields);
        services.AddHttpContextAccessor();
        services.AddScoped<PageUser>();
        services.AddSingleton<AccountLimiter>();
        services.AddSingleton<GuestTicket>();
        services.AddSingleton<SafeMarkdown>();
        services.AddSingleton<DraftRules>();
        services.AddSingleton<PublishWizard>();
        services.AddSingleton<OwnAgents>();
        services.AddSingleton<ShownTasks>();
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
            context.GetEndpoint() is null && !Orkestron.Web.Common.Routes.IsMachine(context.Request.Path)
                ? FaultPage.WriteAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    "There is nothing at this address",
                    "It may be mistyped, or the page has moved. Nothing was changed.")
                : next(context));
        return app;
    }
}
