using Microsoft.Extensions.Configuration;

namespace Orkestron.Sdk.Common;

/// <summary>Address and API key, from the command line, then configuration, then the environment.</summary>
internal sealed record Connection(Uri Address, string ApiKey)
{
    public const string AddressVariable = "ORKESTRON_ADDRESS";
    public const string KeyVariable = "ORKESTRON_API_KEY";
    public const string ShareVariable = "ORKESTRON_CANDIDATE_SHARE";
    private const int MaxShare = 50;
    private const string DefaultAddress = "http://localhost:5080";

    /// <exception cref="OrkestronException">The key is missing or the address malformed; the message says how to mend it.</exception>
    public static Connection Find(string[] args, IConfiguration? configuration, Uri? address, string? key)
    {
        var where = address?.ToString() ?? Option(args, "--address") ?? configuration?["Orkestron:Address"]
            ?? Environment.GetEnvironmentVariable(AddressVariable) ?? DefaultAddress;
        var who = key ?? Option(args, "--key") ?? configuration?["Orkestron:ApiKey"]
            ?? Environment.GetEnvironmentVariable(KeyVariable);
        if (!Uri.TryCreate(where, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new OrkestronException($"'{where}' is no address of a platform. Give one like {DefaultAddress} (--address or {AddressVariable}).")
            {
                Code = "address_invalid",
            };
        }

        return string.IsNullOrWhiteSpace(who)
            ? throw new OrkestronException(
                $"There is no API key. Make one at {new Uri(uri, "/account/keys")} and set it: export {KeyVariable}=ork_...")
            {
                Code = "api_key_missing",
            }
            : new Connection(uri, who.Trim());
    }

    /// <summary>Creates a client that sends the API key with each request.</summary>
    public HttpClient Open()
    {
        var client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new Uri(Address, "/api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiKey);
        return client;
    }

    /// <summary>Percentage of new tasks for new versions; null when not configured.</summary>
    /// <exception cref="OrkestronException">It is not a whole number from 0 to 50.</exception>
    public static int? CandidateShare(string[] args, IConfiguration? configuration, int? share)
    {
        var said = share?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Option(args, "--candidate-share")
            ?? configuration?["Orkestron:CandidateShare"] ?? Environment.GetEnvironmentVariable(ShareVariable);
        return string.IsNullOrWhiteSpace(said) ? null
            : int.TryParse(said, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var percent)
                && percent <= MaxShare ? percent
            : throw new OrkestronException($"'{said}' is no share of a candidate: a whole number of percent, 0 to {MaxShare}.")
            {
                Code = "candidate_share_invalid",
            };
    }

    private static string? Option(string[] args, string name)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == name && i + 1 < args.Length)
            {
                return args[i + 1];
            }

            if (args[i].StartsWith(name + "=", StringComparison.Ordinal))
            {
                return args[i][(name.Length + 1)..];
            }
        }

        return null;
    }
}
