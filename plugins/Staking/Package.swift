// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let moduleKit = Target.Dependency.product(name: "ModuleKit", package: "ModuleKit")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let bankEvents = Target.Dependency.product(name: "BankEvents", package: "Bank")

// `NativeStaking` is the module, and `StakingEvents` what others import of it. `StakingTesting` stands in the place of the
// modules that punish validators and stake by events, where they are not what is tested.
let package = Package(
    name: "Staking",
    products: [
        .library(name: "NativeStaking", targets: ["NativeStaking"]),
        .library(name: "StakingEvents", targets: ["StakingEvents"]),
        .library(name: "StakingTesting", targets: ["StakingTesting"]),
    ],
    dependencies: [
        .package(path: "../ModuleKit"),
        .package(path: "../Bank"),
        .package(path: "../../storage"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .target(
            name: "StakingEvents",
            dependencies: [moduleKit, bankEvents, crypto],
            exclude: ["staking.proto"],
            swiftSettings: house
        ),
        .target(
            name: "NativeStaking",
            dependencies: ["StakingEvents", bankEvents, moduleKit],
            swiftSettings: house
        ),
        .target(
            name: "StakingTesting",
            dependencies: ["StakingEvents", bankEvents, moduleKit],
            exclude: ["magistrate.proto", "stand_in.proto"],
            swiftSettings: house
        ),
        .testTarget(
            name: "NativeStakingTests",
            dependencies: [
                "NativeStaking", "StakingEvents", "StakingTesting", bankEvents, moduleKit,
                .product(name: "Bank", package: "Bank"),
                .product(name: "ModuleRuntime", package: "ModuleKit"),
                .product(name: "ModuleTesting", package: "ModuleKit"),
                .product(name: "Storage", package: "storage"),
            ],
            exclude: ["Kit/probe.proto"],
            swiftSettings: house
        ),
    ]
)
