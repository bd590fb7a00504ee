using Microsoft.Extensions.Options;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Users;

[GrainType("sessions")]
internal sealed class SessionsGrain(
    [PersistentState("sessions", StorageNames.Cold)] IPersistentState<SessionsRecord> stored,
    IOptions<AccountOptions> options,
    TimeProvider clock) : Grain, ISessionsGrain
{
    private SessionsRecord Record => stored.State;

    public Task OpenAsync(OpenSession command)
    {
        if (Find(command.Session) is not null)
        {
            return Task.CompletedTask;
        }

        var now = clock.GetUtcNow();
        SessionRules.MakeRoom(Record.Sessions, now, options.Value.MaxSessions);
        Record.Sessions.Add(SessionRules.Open(command, now));
        return stored.SaveAsync(this);
    }

    public async Task<bool> StandsAsync(string session)
    {
        var now = clock.GetUtcNow();
        if (Find(session) is not { } found || !SessionRules.Stands(found, now))
        {
            return false;
        }

        if (SessionRules.IsNoted(found, now))
        {
            return true;
        }

        found.SeenAt = now;
        await stored.SaveAsync(this);
        return true;
    }

    public async Task<bool> ReattachAsync(OpenSession command)
    {
        if (Record.AnyEnded
            || (await GrainFactory.GetGrain<IUserGrain>(this.GetPrimaryKey()).GetAsync()).Value is not { Guest: true })
        {
            return false;
        }

        await OpenAsync(command);
        return await StandsAsync(command.Session);
    }

    public async Task EndAsync(string session)
    {
        if (Find(session) is { } found)
        {
            Record.Sessions.Remove(found);
            Record.AnyEnded = true;
            await stored.SaveAsync(this);
        }

        // Again after a crash in between: hearing of an end twice does no harm.
        await GrainFactory.GetGrain<IEndedSessionsGrain>(0).AddAsync(session);
    }

    private SessionRecord? Find(string session) =>
        Record.Sessions.Find(each => each.Session.Equals(session, StringComparison.Ordinal));
}
