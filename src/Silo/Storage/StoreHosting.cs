using Microsoft.Extensions.DependencyInjection;
using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orkestron.Journal.Hosting;
using Orkestron.Silo.Configuration;
using Orkestron.Silo.Reminders;
using Orleans.Storage;

namespace Orkestron.Silo.Storage;

/// <summary>The stores of a silo: journal, cold state, reminders.</summary>
internal static class StoreHosting
{
    public static void AddStoreJournal(this IServiceCollection services, SiloSettings settings)
    {
        services.AddOptions<JournalOptions>().BindConfiguration("Orkestron:Journal");
        if (settings.ConnectionString is { } postgres)
        {
            services.AddPostgresJournal(postgres, settings.DataFolder);
        }
        else
        {
            services.AddSqliteJournal(settings.DataFolder);
            services.AddSingleton(ReminderRows.Table);
        }
    }

    public static void AddStores(this ISiloBuilder silo, SiloSettings settings)
    {
        silo.Services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
        if (settings.ConnectionString is { } postgres)
        {
            silo.AddAdoNetGrainStorage(StorageNames.Cold, options =>
                options.Configure<IGrainStorageSerializer>((cold, serializer) =>
                    (cold.Invariant, cold.ConnectionString, cold.GrainStorageSerializer) =
                        (SiloSettings.Npgsql, postgres, serializer)));
            silo.UseAdoNetReminderService(options =>
                (options.Invariant, options.ConnectionString) = (SiloSettings.Npgsql, postgres));
        }
        else
        {
            silo.Services.AddKeyedSingleton<IGrainStorage, StateGrainStorage>(StorageNames.Cold);
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable, JournalReminderTable>();
        }
    }
}
