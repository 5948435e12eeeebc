using EquityBot.Channels.Teams;
using EquityBot.Doubles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace EquityBot.Tests.Teams;

static class TeamsGiven
{
    public static IConfiguration Configuration(TeamsDouble teams, params (string Key, string? Value)[] more) =>
        new ConfigurationBuilder().AddInMemoryCollection(teams.Settings).AddInMemoryCollection(more.ToDictionary(one => one.Key, one => one.Value)).Build();

    public static TeamsSettings Settings(TeamsDouble teams, params (string Key, string? Value)[] more) => TeamsSettings.Read(Configuration(teams, more), new Where("Development"));
}

/// <summary>An environment of that name.</summary>
sealed class Where(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "equitybot";

    public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}

/// <summary>The clients that the product makes for itself, with all their limits.</summary>
sealed class Clients : IDisposable
{
    readonly ServiceProvider services;

    public Clients(TeamsSettings settings) => services = TeamsModule.AddClients(new ServiceCollection().AddSingleton(settings)).BuildServiceProvider();

    public IHttpClientFactory Factory => services.GetRequiredService<IHttpClientFactory>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public void Dispose() => services.Dispose();
}
