using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Grains.Users;

[GrainType("ended-sessions")]
internal sealed class EndedSessionsGrain : Grain, IEndedSessionsGrain
{
    // Asked for several times a second, so this many end between two questions only if something is wrong.
    private const int MaxRemembered = 4_096;

    private readonly Guid _list = Guid.NewGuid();
    private readonly Queue<string> _ended = new();
    private long _last;

    public Task AddAsync(string session)
    {
        _last++;
        _ended.Enqueue(session);
        if (_ended.Count > MaxRemembered)
        {
            _ended.Dequeue();
        }

        return Task.CompletedTask;
    }

    public Task<EndedSessions> AfterAsync(EndedCursor cursor)
    {
        var same = cursor.List == _list;
        var missed = same ? _last - cursor.Last : 0;
        return Task.FromResult(new EndedSessions(
            [.. _ended.Skip((int)Math.Max(0, _ended.Count - missed))],
            new EndedCursor(_list, _last),
            same && missed <= _ended.Count));
    }
}
