using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Endpoints;

/// <summary>
/// The origins at which a provider's HTTP agents answer: whether each has proved to be the provider's, and what requests to
/// it are signed with. Key: the provider's name. Whose provider it is, the caller has checked.
/// </summary>
[GrainInterfaceType("provider-endpoints"), Alias("orkestron.provider-endpoints")]
public interface IProviderEndpointsGrain : IGrainWithStringKey
{
    /// <summary>Registers an origin and makes its token and secret.</summary>
    /// <returns>
    /// <see cref="RefusalCode.EndpointNotAllowed"/> for what no origin may be, <see cref="RefusalCode.Conflict"/> when it is
    /// registered, <see cref="RefusalCode.TooMany"/>.
    /// </returns>
    [Alias("register")]
    Task<Outcome<EndpointCreated>> RegisterAsync(string origin);

    /// <summary>The origins, in the order they were registered.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<EndpointView>> ListAsync();

    /// <summary>Asks the origin for its token now.</summary>
    /// <returns><see cref="RefusalCode.NotFound"/>, or <see cref="RefusalCode.EndpointUnverified"/> with what to serve where.</returns>
    [Alias("verify")]
    Task<Outcome<EndpointView>> VerifyAsync(string id);

    /// <summary>Makes a new secret; the one before signs as well for a day.</summary>
    [Alias("rotate")]
    Task<Outcome<EndpointCreated>> RotateAsync(string id);

    /// <summary>Forgets an origin: its agents are not called any more.</summary>
    [Alias("remove")]
    Task<Outcome<EndpointView>> RemoveAsync(string id);

    /// <summary>Whether an agent may be published at an address. An origin that is not verified is asked first.</summary>
    /// <returns><see cref="RefusalCode.EndpointNotAllowed"/> or <see cref="RefusalCode.EndpointUnverified"/>.</returns>
    [Alias("admit")]
    Task<Outcome<EndpointView>> AdmitAsync(string url);

    /// <summary>
    /// What a request to an origin needs. An origin that was verified a day ago, or at other addresses, is asked first. One
    /// that fails its proof passes some while at the addresses it has proved itself at.
    /// </summary>
    /// <param name="id">The origin's host and port.</param>
    /// <param name="addresses">Where its name leads now.</param>
    /// <returns><see cref="RefusalCode.EndpointUnverified"/>.</returns>
    [Alias("pass"), AlwaysInterleave]
    Task<Outcome<EndpointPass>> PassAsync(string id, ImmutableArray<string> addresses);

    /// <summary>
    /// Whether a server answers at an origin that has proved itself; asked once for all agents there, however many want to know.
    /// Null for an origin that is not registered, or never proved itself: such a one is not asked.
    /// </summary>
    [Alias("answers"), AlwaysInterleave]
    Task<bool?> AnswersAsync(string id);
}

/// <summary>An origin.</summary>
/// <param name="Id">Host, with the port when that is not the scheme's own.</param>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Token">What it must answer to its challenge.</param>
/// <param name="VerifiedAt">When it did last.</param>
/// <param name="CheckedAt">When it was asked last.</param>
/// <param name="Problem">What was wrong then; null when nothing was.</param>
/// <param name="SecretAt">When the secret was made.</param>
/// <param name="PreviousUntil">Until when the secret before signs as well.</param>
[GenerateSerializer, Immutable, Alias("orkestron.endpoint-view")]
public sealed record EndpointView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Origin,
    [property: Id(2)] string Token,
    [property: Id(3)] DateTimeOffset? VerifiedAt,
    [property: Id(4)] DateTimeOffset? CheckedAt,
    [property: Id(5)] string? Problem,
    [property: Id(6)] DateTimeOffset SecretAt,
    [property: Id(7)] DateTimeOffset? PreviousUntil)
{
    /// <summary>Since when an origin that has proved itself before does so no more; null while it does.</summary>
    [Id(8)]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Whether it has failed too often: its agents are not called until it proves itself again.</summary>
    [Id(9)]
    public bool Suspended { get; init; }
}

/// <summary>An origin and its new secret.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.endpoint-created")]
public sealed record EndpointCreated([property: Id(0)] EndpointView Endpoint, [property: Id(1)] string Secret);

/// <summary>What requests to an origin are signed with: secrets, sealed for the provider, the current one first.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.endpoint-pass")]
public sealed record EndpointPass([property: Id(0)] ImmutableArray<byte[]> SealedSecrets);
