namespace Orkestron.Journal.Writing;

/// <summary>
/// Decides what a batch writes and what each request is answered. Pure. At first it trusts what callers expect, so that
/// the usual batch is one round trip; the store then refuses a batch in which anyone was wrong, and it is planned again
/// with what the store really holds: an append that expected another version gets a conflict and writes nothing, the others are written.
/// </summary>
internal static class BatchPlanner
{
    /// <param name="items">The requests, in order.</param>
    /// <param name="known">What the store holds, or null to trust the callers.</param>
    /// <returns>The plan, or null when callers contradict each other and the store has to be asked.</returns>
    public static BatchPlan? Plan(IReadOnlyList<WriteItem> items, KnownHeads? known)
    {
        var planning = new Planning(known);
        foreach (var item in items)
        {
            var decided = item switch
            {
                AppendItem append => planning.Add(append),
                LinkedItem linked => planning.Add(linked),
                StateItem state => planning.Add(state),
                DeleteStreamItem deletion => planning.Add(deletion),
                _ => throw new InvalidOperationException($"Nobody writes a {item.GetType()}."),
            };
            if (!decided)
            {
                return null;
            }
        }

        return planning.Finish();
    }

    /// <summary>How an append stands to its stream.</summary>
    private enum Standing
    {
        /// <summary>It is the next one.</summary>
        Next,

        /// <summary>It is there already.</summary>
        Written,

        /// <summary>The stream stands elsewhere.</summary>
        Conflict,

        /// <summary>The store has to be asked.</summary>
        Unknown,
    }

    private sealed class Planning(KnownHeads? known)
    {
        private readonly BatchPlan _plan = new();
        private readonly Dictionary<string, long> _heads = new(StringComparer.Ordinal);
        private readonly Dictionary<(Guid, string, long), int> _accepted = [];
        private readonly Dictionary<string, (long Expected, long Version, byte[]? Content, bool Changed)> _states =
            new(StringComparer.Ordinal);

        public bool Add(AppendItem item)
        {
            var standing = StandingOf(item);
            Answer(item, standing);
            return standing != Standing.Unknown;
        }

        public bool Add(LinkedItem item)
        {
            var (first, second) = (StandingOf(item.First), StandingOf(item.Second));
            if (first == Standing.Unknown || second == Standing.Unknown)
            {
                return false;
            }

            if (first == Standing.Conflict || (second == Standing.Conflict && item.Link == AppendLink.Both))
            {
                first = second = Standing.Conflict;
            }

            Answer(item.First, first);
            Answer(item.Second, second);
            return true;
        }

        public bool Add(StateItem item)
        {
            if (!_states.TryGetValue(item.Key, out var state))
            {
                var stored = known?.States.GetValueOrDefault(item.Key);
                var version = known is null ? item.ExpectedVersion : stored?.Version ?? 0;
                state = (version, version, stored?.Bytes, false);
            }

            // An absent state is deleted without a write, so the store has to be asked whether it is absent.
            var provable = item.Content is not null || item.ExpectedVersion > 0 || known is not null || state.Changed;
            if (!provable)
            {
                return false;
            }

            if (state.Version == item.ExpectedVersion)
            {
                var version = item.Content is null ? 0 : item.ExpectedVersion + 1;
                state = (state.Expected, version, item.Content, true);
                item.Answer = new AppendResult(AppendStatus.Appended, version);
            }
            else if (known is null && !state.Changed)
            {
                return false;
            }
            else if (IsDone(item, state.Version, state.Content))
            {
                item.Answer = new AppendResult(AppendStatus.Appended, state.Version);
            }
            else
            {
                item.Answer = new AppendResult(AppendStatus.Conflict, state.Version);
            }

            _states[item.Key] = state;
            return true;
        }

        public bool Add(DeleteStreamItem item)
        {
            _plan.DeletedStream = item.Stream;
            item.Answer = new AppendResult(AppendStatus.Appended, 0);
            return true;
        }

        public BatchPlan Finish()
        {
            foreach (var (key, state) in _states)
            {
                var nothing = !state.Changed || (state.Expected == 0 && state.Content is null);
                if (!nothing)
                {
                    _plan.States.Add(key, new PlannedState(state.Expected, state.Version, state.Content));
                }
            }

            return _plan;
        }

        private static bool IsDone(StateItem item, long version, byte[]? content) =>
            item.Content is null
                ? version == 0
                : version == item.ExpectedVersion + 1 && content is not null && content.AsSpan().SequenceEqual(item.Content);

        /// <summary>How an append stands to its stream as this batch leaves it so far.</summary>
        private Standing StandingOf(AppendItem item)
        {
            var append = item.Append;
            if (append.Events.Count == 0 || append.ExpectedVersion == Head(append))
            {
                return Standing.Next;
            }

            if (_accepted.TryGetValue((append.AppendId, append.Stream, append.ExpectedVersion), out var same)
                && same == append.Events.Count)
            {
                return Standing.Written;
            }

            return known is null ? Standing.Unknown
                : known.Duplicates.Contains(item) ? Standing.Written
                : Standing.Conflict;
        }

        private long Head(Append append)
        {
            if (!_heads.TryGetValue(append.Stream, out var head))
            {
                head = known is null ? append.ExpectedVersion : known.Streams.GetValueOrDefault(append.Stream);
                _heads.Add(append.Stream, head);
            }

            return head;
        }

        private void Answer(AppendItem item, Standing standing)
        {
            var append = item.Append;
            item.Answer = standing == Standing.Conflict
                ? new AppendResult(AppendStatus.Conflict, Head(append))
                : new AppendResult(AppendStatus.Appended, append.ExpectedVersion + append.Events.Count);
            if (standing == Standing.Next)
            {
                Accept(append);
            }
        }

        private void Accept(Append append)
        {
            if (append.Events.Count == 0)
            {
                AddRows(append);
                return;
            }

            var head = append.ExpectedVersion;
            // Only the first append of a stream stands on what the store holds; the next ones stand on it.
            _plan.Fences.TryAdd(append.Stream, head);
            foreach (var each in append.Events)
            {
                _plan.Events.Add(new PlannedEvent(append.Stream, ++head, append.AppendId, each));
            }

            _heads[append.Stream] = head;
            _accepted[(append.AppendId, append.Stream, append.ExpectedVersion)] = append.Events.Count;
            if (append.Snapshot is { } snapshot)
            {
                _plan.Snapshots[append.Stream] = (head, snapshot);
            }

            AddRows(append);
        }

        private void AddRows(Append append)
        {
            foreach (var change in append.Rows)
            {
                _plan.Add(change);
            }
        }
    }
}
