using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Users;

/// <summary>
/// One address. Registration is a saga whose steps may all be done again: claim the address, open the account with its
/// consent and tokens, mark the address as open.
/// </summary>
/// <remarks>
/// A registration that broke off leaves a claim. Who registers the address next may be the same person, whose program
/// makes a new user id for each try, or another one, and nobody knows which. So the account decides. If it was stored with
/// this address, it is finished first, with the password it was begun with: it is not lost, it may be a guest's who has
/// tasks and tokens, and only that password opens it. If nothing was stored, the claim was all there was, and the next one
/// takes it. A step of the first that is still under way is waited for: the account's grain takes one call at a time.
/// </remarks>
[GrainType("email")]
internal sealed class EmailGrain(
    [PersistentState("email", StorageNames.Cold)] IPersistentState<EmailRecord> stored,
    Passwords passwords,
    IOptions<AccountOptions> options,
    TimeProvider clock) : Grain, IEmailGrain
{
    private EmailRecord Record => stored.State;

    public async Task<Outcome<UserView>> RegisterAsync(RegisterAccount command)
    {
        if (AccountRules.Refuse(command) is { } refusal)
        {
            return refusal;
        }

        if (passwords.Busy)
        {
            return Busy();
        }

        if (!Record.Open && Record.UserId != command.UserId)
        {
            await FinishEarlierAsync(command.Email);
        }

        if (Record.Open)
        {
            return await OfOwnerAsync(command);
        }

        (Record.UserId, Record.PasswordHash) = (command.UserId, await passwords.HashAsync(command.Password));
        await stored.SaveAsync(this);
        var opened = await Account.OpenAsync(command);
        if (opened.Accepted)
        {
            await MarkOpenAsync();
        }

        return opened;
    }

    public async Task<Outcome<UserView>> SignInAsync(string password)
    {
        var now = clock.GetUtcNow();
        if (Record.LockedUntil > now)
        {
            var wait = Math.Ceiling((Record.LockedUntil - now).TotalSeconds);
            return Refuse.With(RefusalCode.TooMany, $"Too many wrong passwords. Try again in {wait:0} seconds.");
        }

        if (passwords.Busy)
        {
            return Busy();
        }

        var right = await passwords.IsRightAsync(
            Record.Open ? Record.PasswordHash : null, password.Length > AccountRules.MaxPassword ? "" : password);
        if (right)
        {
            if (Record.Failures > 0)
            {
                (Record.Failures, Record.LockedUntil) = (0, default);
                await stored.SaveAsync(this);
            }

            return await User.GetAsync();
        }

        // An address without an account waits as well, or the wait would tell which have one.
        Record.Failures++;
        Record.LockedUntil = now + Wait(Record.Failures);
        if (Record.Open)
        {
            await stored.SaveAsync(this);
        }

        return Refuse.With(RefusalCode.BadCredentials, "Address and password do not belong together.");
    }

    private async Task FinishEarlierAsync(string email)
    {
        if (Record.UserId != Guid.Empty && (await Account.FinishAsync(email)).Accepted)
        {
            await MarkOpenAsync();
        }
    }

    /// <summary>The same registration sent again, because its answer was lost, gets the answer; any other one is too late.</summary>
    private async Task<Outcome<UserView>> OfOwnerAsync(RegisterAccount command) =>
        Record.UserId == command.UserId && await passwords.IsRightAsync(Record.PasswordHash, command.Password)
            ? await User.GetAsync()
            : Refuse.With(RefusalCode.EmailTaken, "This address has an account. Sign in instead.");

    private Task MarkOpenAsync()
    {
        (Record.Open, Record.Failures, Record.LockedUntil) = (true, 0, default);
        return stored.SaveAsync(this);
    }

    private IUserAccountGrain Account => GrainFactory.GetGrain<IUserAccountGrain>(Record.UserId);

    private IUserGrain User => GrainFactory.GetGrain<IUserGrain>(Record.UserId);

    private static Refusal Busy() =>
        Refuse.With(RefusalCode.TooMany, "Many people sign in right now. Try again in a few seconds.");

    private TimeSpan Wait(int failures)
    {
        var beyond = failures - options.Value.FreeFailures;
        if (beyond < 0)
        {
            return TimeSpan.Zero;
        }

        var wait = options.Value.FirstWait * Math.Pow(2, Math.Min(beyond, 20));
        return wait < options.Value.MaxWait ? wait : options.Value.MaxWait;
    }
}
