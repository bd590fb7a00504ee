using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Artifacts;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Users;
using Orkestron.Grains.Catalogue;
using Orkestron.Grains.Common;
using Orkestron.Grains.Endpoints;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Placement;
using Orkestron.Grains.Tasks;
using Orkestron.Grains.Users;
using Orkestron.Grains.Wallets;

namespace Orkestron.Grains.Hosting;

/// <summary>What the grains need beside a journal, cold storage and the work streams.</summary>
public static class GrainsHosting
{
    /// <summary>Registers options, row tables and helpers of the grains. Used by silos and tests alike.</summary>
    public static IServiceCollection AddOrkestronGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<TaskOptions>().BindConfiguration("Orkestron:Tasks").ValidateDataAnnotations();
        services.AddOptions<AgentOptions>().BindConfiguration("Orkestron:Agents").ValidateDataAnnotations();
        services.AddOptions<RegistryOptions>().BindConfiguration("Orkestron:Registry").ValidateDataAnnotations();
        services.AddOptions<StateOptions>().BindConfiguration("Orkestron:States").ValidateDataAnnotations();
        services.AddOptions<ProviderOptions>().BindConfiguration("Orkestron:Providers").ValidateDataAnnotations();
        services.AddOptions<ArtifactOptions>().BindConfiguration("Orkestron:Artifacts").ValidateDataAnnotations();
        services.AddOptions<WalletOptions>().BindConfiguration("Orkestron:Wallets").ValidateDataAnnotations();
        services.AddOptions<AccountOptions>().BindConfiguration("Orkestron:Accounts").ValidateDataAnnotations();
        services.AddOptions<EndpointOptions>().BindConfiguration("Orkestron:Endpoints").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PlacementOptions>().BindConfiguration("Orkestron:Placement").ValidateDataAnnotations();
        services.AddPlacementDirector<PayerPlacement, PayerPlacementDirector>();
        services.AddSingleton<DurableStates>();
        services.AddSingleton<LinkedAppends>();
        services.AddSingleton<LocalAgents>();
        services.AddSingleton<EndpointRuns>();
        services.AddSingleton<CallbackTokens>();
        services.AddSingleton<AgentRunner>();
        services.TryAddSingleton<IKeyDerivation, Pbkdf2>();
        services.AddSingleton<Passwords>();
        services.AddSingleton(TaskRows.Table);
        services.AddSingleton(ProviderWaitRows.Table);
        services.AddSingleton(ListingRows.Table);
        services.AddSingleton(LedgerRows.Entries);
        services.AddSingleton(LedgerRows.Postings);
        return services;
    }
}
