
namespace Orkestron.Web.Features.Accounts;

/// <summary>Registers what opens accounts: proofs of work, known devices and the limits by network address.</summary>
internal static class AccountHosting
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<ProofOfWork>();
        services.AddSingleton<AccountGate>();
        services.AddSingleton<AccountLimiter>();
        services.AddSingleton<GuestTicket>();
        services.AddScoped<PageAccounts>();
        return services;
    }
}
