namespace Orkestron.Domain.Users;

/// <summary>
/// How often wrong passwords may be tried at one e-mail address. Each place (a network address, or a device that signed in
/// before) has a count and a wait of its own, so that a stranger's guesses stop the stranger. All places that are not known
/// share a budget, so that a guesser with many addresses is slow as well; known devices and addresses do not need it.
/// Kept in memory: who waits out the memory has waited as long as the longest wait. Pure, with the time given.
/// </summary>
internal sealed class SignInLimits(AccountOptions options)
{
    private readonly Dictionary<SignInPlace, Guesses> _places = [];
    private readonly Queue<string> _rightFrom = new();
    private double _spent;
    private DateTimeOffset _spentAt;

    /// <summary>How long the place has to wait; null when it may try now.</summary>
    public TimeSpan? MustWait(SignInPlace place, DateTimeOffset now)
    {
        if (_places.TryGetValue(place, out var guesses) && guesses.Until > now)
        {
            return guesses.Until - now;
        }

        if (IsKnown(place))
        {
            return null;
        }

        var beyond = Spent(now) + 1 - options.SharedFailures;
        return beyond > 0 ? options.SharedPeriod / options.SharedFailures * beyond : null;
    }

    /// <summary>A password was wrong.</summary>
    public void Wrong(SignInPlace place, DateTimeOffset now)
    {
        var failures = (_places.TryGetValue(place, out var before) ? before.Failures : 0) + 1;
        _places[place] = new Guesses(failures, now, now + Wait(failures));
        if (_places.Count > options.MaxSignInPlaces)
        {
            _places.Remove(_places.MinBy(static each => each.Value.At).Key);
        }

        if (!IsKnown(place))
        {
            (_spent, _spentAt) = (Spent(now) + 1, now);
        }
    }

    /// <summary>A password was right: the place is known from now on.</summary>
    public void Right(SignInPlace place)
    {
        _places.Remove(place);
        if (place.From.Length > 0 && !_rightFrom.Contains(place.From))
        {
            _rightFrom.Enqueue(place.From);
            if (_rightFrom.Count > options.MaxKnownAddresses)
            {
                _rightFrom.Dequeue();
            }
        }
    }

    private bool IsKnown(SignInPlace place) => place.Device is not null || _rightFrom.Contains(place.From);

    /// <summary>What of the budget is used: it comes back evenly.</summary>
    private double Spent(DateTimeOffset now) =>
        Math.Max(0, _spent - ((now - _spentAt) / options.SharedPeriod * options.SharedFailures));

    private TimeSpan Wait(int failures)
    {
        var beyond = failures - options.FreeFailures;
        if (beyond < 0)
        {
            return TimeSpan.Zero;
        }

        var wait = options.FirstWait * Math.Pow(2, Math.Min(beyond, 20));
        return wait < options.MaxWait ? wait : options.MaxWait;
    }

    private readonly record struct Guesses(int Failures, DateTimeOffset At, DateTimeOffset Until);
}

/// <summary>Where someone signs in.</summary>
/// <param name="From">The network address.</param>
/// <param name="Device">The device, if it signed in with this e-mail address before.</param>
internal readonly record struct SignInPlace(string From, string? Device)
{
    /// <summary>A known device is the same place wherever it is.</summary>
    public static SignInPlace Of(string from, string? device) => device is null ? new(from, null) : new("", device);
}
