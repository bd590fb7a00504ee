using System.Collections.Immutable;
using Orkestron.Domain.Users;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Users;

/// <summary>
/// One user's browser sessions. Key: the user's id. A cookie only names its session: without the record here it opens
/// nothing, so that a session ends everywhere and a copied cookie with it.
/// </summary>
[GrainInterfaceType("sessions"), Alias("orkestron.sessions")]
public interface ISessionsGrain : IGrainWithGuidKey
{
    /// <summary>Begins a session; again: the same. Beyond the most sessions of a user, the one longest unused ends.</summary>
    [Alias("open")]
    Task OpenAsync(OpenSession command);

    /// <summary>
    /// Whether a session stands. That it was used is written down now and then, which is what makes it live on.
    /// </summary>
    [Alias("stands")]
    Task<bool> StandsAsync(string session);

    /// <summary>
    /// Takes over the session of a cookie that was made when cookies named none. Only for guests, who cannot sign in again,
    /// and only until one of the user's sessions was ended.
    /// </summary>
    /// <returns>Whether it stands now.</returns>
    [Alias("adopt")]
    Task<bool> ReattachAsync(OpenSession command);

    /// <summary>Ends a session for good. An unknown one is ended already.</summary>
    [Alias("end")]
    Task EndAsync(string session);
}

/// <summary>
/// Which sessions ended lately, for the nodes that hold live connections of them. Key: 0. Kept in memory: who cannot be
/// sure to have heard of all asks each session's grain.
/// </summary>
[GrainInterfaceType("ended-sessions"), Alias("orkestron.ended-sessions")]
public interface IEndedSessionsGrain : IGrainWithIntegerKey
{
    /// <summary>Makes an end known. Called by the sessions' grain once the end is durable.</summary>
    [Alias("add")]
    Task AddAsync(string session);

    /// <summary>What ended after a place in the list.</summary>
    [Alias("after"), AlwaysInterleave]
    Task<EndedSessions> AfterAsync(EndedCursor cursor);
}
