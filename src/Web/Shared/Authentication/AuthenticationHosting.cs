using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>Registers sessions, API keys and the policies by scope.</summary>
internal static class AuthenticationHosting
{
    /// <summary>Call after the silo or client is registered: Data Protection reads its keys from a grain at start.</summary>
    public static IServiceCollection AddOrkestronAuthentication(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("orkestron");
        services.AddOptions<KeyManagementOptions>().Configure<IGrainFactory>(
            static (options, grains) => options.XmlRepository = new KeyRing(grains));
        services.AddSingleton<KeyChecks>();
        services.AddSingleton<FailedKeys>();
        services.AddSingleton<RefusedKeys>();
        services.AddHostedService(static provider => provider.GetRequiredService<RefusedKeys>());
        services.AddSingleton<SessionChecks>();
        services.AddSingleton<SessionCookieEvents>();
        services.AddSingleton<LiveSessions>();
        services.AddHostedService(static provider => provider.GetRequiredService<LiveSessions>());
        services.AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, static options => options.ForwardDefaultSelector = static context =>
                ApiKeyHandler.HasKey(context.Request) ? Schemes.ApiKey : Schemes.Session)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Schemes.ApiKey, null)
            .AddCookie(Schemes.Session);
        services.AddOptions<CookieAuthenticationOptions>(Schemes.Session).Configure<IOptions<WebOptions>>(Configure);
        services.AddAuthorizationBuilder()
            .AddPolicy(Scopes.Read, static policy => Require(policy, Scopes.Read))
            .AddPolicy(Scopes.Write, static policy => Require(policy, Scopes.Write))
            .AddPolicy(Scopes.Account, static policy => Require(policy, Scopes.Account))
            .AddPolicy(Scopes.Publish, static policy => Require(policy, Scopes.Publish));
        return services;
    }

    private static void Require(AuthorizationPolicyBuilder policy, string scope) =>
        policy.RequireAuthenticatedUser().RequireAssertion(call => call.User.May(scope));

    private static void Configure(CookieAuthenticationOptions options, IOptions<WebOptions> web)
    {
        options.Cookie.Name = SessionCookies.Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.Path = "/";
        options.Cookie.IsEssential = true;
        options.CookieManager = new SessionCookies();
        options.ExpireTimeSpan = web.Value.SessionAge;
        options.SlidingExpiration = true;
        options.LoginPath = "/login";
        options.AccessDeniedPath = "/forbidden";
        options.ReturnUrlParameter = "returnUrl";
        options.EventsType = typeof(SessionCookieEvents);
    }
}
