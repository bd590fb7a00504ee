using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAI;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Chat;

/// <summary>Registers the endpoint of models and the agents that need it, when one is configured.</summary>
internal static class ModelsHosting
{
    public static void AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(ModelsOptions.Section);
        if (string.IsNullOrWhiteSpace(section[nameof(ModelsOptions.Endpoint)]))
        {
            return;
        }

        services.AddOptions<ModelsOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(static provider => Client(provider.GetRequiredService<IOptions<ModelsOptions>>().Value));
        services.AddSingleton<IAgent, ChatAgent>();
    }

    private static IChatClient Client(ModelsOptions options)
    {
        // A redirect would carry the key elsewhere. The platform retries, not the client: a retry is a step the user sees.
        var http = new HttpClient(new BoundedResponses(options.MaxResponseBytes, new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }))
        { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OpenAIClient(new ApiKeyCredential(options.Key!), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = TimeSpan.FromSeconds(options.SilenceSeconds),
        });
        return client.GetChatClient(options.Model!).AsIChatClient();
    }
}
