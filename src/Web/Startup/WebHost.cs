using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Orkestron.Silo.Endpoints;
using Orkestron.Web.Features.Accounts;
using Orkestron.Web.Features.Endpoints;
using Orkestron.Web.Features.Files;
using Orkestron.Web.Features.OpenApi;
using Orkestron.Web.Features.Providers;
using Orkestron.Web.Features.Publishing;
using Orkestron.Web.Features.Tasks;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Shared.Limits;
using Orkestron.Web.Startup.Pipeline;

namespace Orkestron.Web.Startup;

/// <summary>Builds the web node: REST, hubs and pages, with a silo of its own unless configured otherwise.</summary>
internal static class WebHost
{
    private static readonly string[] Compressed =
        ["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/manifest+json"];

    /// <summary>The application, not yet started.</summary>
    /// <exception cref="InvalidOperationException">The configuration is not valid; the message says how to correct it.</exception>
    public static WebApplication Build(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Watching settings for changes would watch the whole content root, including every write of the embedded store.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            // Static assets are found by this name; the process of the tests has another one.
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
        });
        // When run from a build instead of a published folder, scripts and styles are in the build's folders.
        builder.WebHost.UseStaticWebAssets();
        // Otherwise they are read again on each request and sent without compression.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.UseDefaultLogLevels();
        builder.UseStartLogs();
        builder.UseDefaultUrl();
        builder.AddGrains();
        AddServices(builder);
        var app = builder.Build();
        UsePipeline(app);
        app.MapApi();
        app.MapOrkestronPages();
        app.AnnounceListening();
        app.LogHostOnceStarted();
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var limits = builder.Configuration.GetSection(WebOptions.Section).Get<WebOptions>() ?? new WebOptions();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = limits.MaxBodyBytes;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        services.ConfigureHttpJsonOptions(static options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<FaultHandler>();
        services.AddProblemDetails();
        KnownHosts.Replace(services);
        services.AddHsts(static options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddOrkestronAuthentication();
        services.AddAccounts();
        services.AddOrkestronPages();
        services.AddRateLimits();
        services.AddTaskStreams();
        services.AddProviderHub();
        services.AddSingleton<StepFiles>();
        services.AddSingleton<PlanPublishing>();
        services.AddSingleton<AgentPublishing>();
        services.AddSingleton<INodeAddress, NodeAddress>();
        services.AddApiDescription();
        services.AddResponseCompression(static options =>
        {
            // API responses are not compressed, so that the size of a response reveals no secret (BREACH).
            options.EnableForHttps = true;
            options.MimeTypes = Compressed;
        });
        services.Configure<BrotliCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest);
    }

    private static void UsePipeline(WebApplication app)
    {
        var proxies = app.Configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new ProxyOptions();
        if (proxies.ToForwardedHeaders() is { } forwarded)
        {
            app.UseForwardedHeaders(forwarded);
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<KnownHosts>();
        app.UseHsts();
        app.UseExceptionHandler();
        app.UseWhen(
            static context => ApiRoutes.IsMachine(context.Request.Path),
            static machine => machine.UseStatusCodePages(StatusProblems.WriteAsync));
        app.UseResponseCompression();
        app.UseMiddleware<SameOrigin>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<SessionGuard>();
        app.UseRateLimiter();
        app.UseMiddleware<AddressText>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<PageQuery>();
        app.UseMiddleware<JsonBodies>();
    }
}
