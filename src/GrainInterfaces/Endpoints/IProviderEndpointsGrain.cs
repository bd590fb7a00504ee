using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
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
