using Orkestron.Journal;

namespace Orkestron.Grains.Common;

/// <summary>An append that is complete but changes nothing yet.</summary>
/// <param name="Append">What the journal gets.</param>
/// <param name="At">When its facts happened.</param>
/// <param name="Facts">The facts in it.</param>
internal sealed record PreparedAppend<TEvent>(Append Append, DateTimeOffset At, IReadOnlyList<TEvent> Facts);
