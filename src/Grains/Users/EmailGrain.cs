using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Users;

/// <summary>
/// One address. Registration is a saga whose steps may all be done again: note the account, open it with its consent and
/// tokens, mark it as open.
/// </summary>
/// <remarks>
/// Nothing here tells a stranger whether an address has an account: registering a taken one opens another account beside the
/// first, each password finds its own, and both commands do the same work either way. Who registers again with the password
/// of an account there is has that account, and is signed in: a person who forgot, or a program whose answer was lost.
/// A registration that broke off leaves an account that is not marked. Its password finds it: if it was stored, it is
/// finished then; if not, there is nothing behind it, and the next registration with the password takes its place.
/// </remarks>
[GrainType("email")]
internal sealed class EmailGrain(
    [PersistentState("email", StorageNames.Cold)] IPersistentState<EmailRecord> stored,
    Passwords passwords,
    IOptions<AccountOptions> options,
    TimeProvider clock) : Grain, IEmailGrain
{
    private readonly SignInLimits _limits = new(options.Value);
    private List<EmailAccount> _accounts = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _accounts = stored.State.Read();
        return Task.CompletedTask;
    }

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

        var hash = _accounts.Count == 0
            ? await passwords.HashAsync(command.Password)
            : await passwords.HashLikeAsync(_accounts[0].PasswordHash, command.Password);
        var own = _accounts.Find(each => each.UserId == command.UserId);
        if (own is not null && !Passwords.AreEqual(own.PasswordHash, hash) && await IsThereAsync(own, command.Email))
        {
            return Refuse.With(RefusalCode.Conflict, "This account has another password. Sign in with that one.");
        }

        var found = own ?? _accounts.Find(each => Passwords.AreEqual(each.PasswordHash, hash));
        if (found is not null && await IsThereAsync(found, command.Email))
        {
            return await OfOwnerAsync(found, command);
        }

        if (found is null && _accounts.Count >= options.Value.MaxAccountsPerEmail)
        {
            return Refuse.With(RefusalCode.TooMany, "Too many accounts were opened with this address. Sign in to one of them.");
        }

        return await OpenAsync(found, hash, command);
    }

    public Task<Outcome<UserView>> SignInAsync(string password) => SignInAsync(new SignIn(password, null, "", null));

    public async Task<Outcome<UserView>> SignInAsync(SignIn command)
    {
        var place = SignInPlace.Of(command.From, command.Device);
        if (_limits.MustWait(place, clock.GetUtcNow()) is { } wait)
        {
            return Refuse.With(
                RefusalCode.TooMany, $"Too many wrong passwords. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds.");
        }

        if (passwords.Busy)
        {
            return Busy();
        }

        var hash = await passwords.HashLikeAsync(
            _accounts.Count > 0 ? _accounts[0].PasswordHash : null,
            command.Password.Length > AccountRules.MaxPassword ? "" : command.Password);
        if (_accounts.Find(each => Passwords.AreEqual(each.PasswordHash, hash)) is { } found
            && await IsThereAsync(found, command.Email))
        {
            _limits.Right(place);
            return await GrainFactory.GetGrain<IUserGrain>(found.UserId).GetAsync();
        }

        // An address without an account waits as well, or the wait would tell which have one.
        _limits.Wrong(place, clock.GetUtcNow());
        return Refuse.With(RefusalCode.BadCredentials, "Wrong e-mail or password.");
    }

    /// <summary>Whether an account is behind it. One whose registration broke off after it was stored is finished.</summary>
    private async Task<bool> IsThereAsync(EmailAccount account, string? email)
    {
        if (!account.Open && email is not null && (await Account(account).FinishAsync(email)).Accepted)
        {
            account.Open = true;
            await SaveAsync();
        }

        return account.Open;
    }

    /// <summary>The right password for an account there is. A guest's tasks stay the guest's: nothing is merged.</summary>
    private async Task<Outcome<UserView>> OfOwnerAsync(EmailAccount found, RegisterAccount command) =>
        found.UserId != command.UserId && (await GrainFactory.GetGrain<IUserGrain>(command.UserId).GetAsync()).Accepted
            ? Refuse.With(
                RefusalCode.Conflict,
                "You have an account with this address and password already. Sign in to it, or take another password to keep "
                    + "this guest account as one of its own.")
            : await GrainFactory.GetGrain<IUserGrain>(found.UserId).GetAsync();

    private async Task<Outcome<UserView>> OpenAsync(EmailAccount? account, string hash, RegisterAccount command)
    {
        if (account is null)
        {
            account = new EmailAccount();
            _accounts.Add(account);
        }

        (account.UserId, account.PasswordHash) = (command.UserId, hash);
        await SaveAsync();
        var opened = await Account(account).OpenAsync(command);
        if (opened.Accepted)
        {
            account.Open = true;
        }
        else
        {
            _accounts.Remove(account);
        }

        await SaveAsync();
        return opened;
    }

    private Task SaveAsync()
    {
        stored.State.Write(_accounts);
        return stored.SaveAsync(this);
    }

    private IUserAccountGrain Account(EmailAccount account) => GrainFactory.GetGrain<IUserAccountGrain>(account.UserId);

    private static Refusal Busy() =>
        Refuse.With(RefusalCode.TooMany, "Many people sign in right now. Try again in a few seconds.");
}
