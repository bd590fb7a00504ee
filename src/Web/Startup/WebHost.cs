using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Orkestron.Silo.Endpoints;
using Orkestron.Web.Features.Accounts;
using Orkestron.Web.Features.Endpoints;
using Orkestron.Web.Features.OpenApi;
using Orkestron.Web.Features.Providers;
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
    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says how to mend it.</exception>
    public static WebApplication Build(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The watch for changed settings follows the whole content root, where every write of the embedded store would wake it.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            // The tests' process has another name; static assets are found by this one.
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
        });
        // Run from a build rather than a published folder, the islands and styles lie where the build put them.
        builder.WebHost.UseStaticWebAssets();
        // Without this they are read again on each request and sent without compression.
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
        services.AddSingleton<INodeAddress, NodeAddress>();
        services.AddApiDescription();
        services.AddResponseCompression(static options =>
        {
            // What is compressed carries no secret an attacker could guess by its size: API answers are left out.
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
