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

let package = Package(
    name: "Bank",
    products: [
        .library(name: "Bank", targets: ["Bank"]),
        .library(name: "BankEvents", targets: ["BankEvents"]),
    ],
    dependencies: [
        .package(path: "../ModuleKit")
    ],
    targets: [
        .target(name: "BankEvents", dependencies: [moduleKit], exclude: ["bank.proto"], swiftSettings: house),
        .target(name: "Bank", dependencies: ["BankEvents", moduleKit], swiftSettings: house),
        .testTarget(
            name: "BankTests",
            dependencies: ["Bank", "BankEvents", moduleKit, .product(name: "ModuleTesting", package: "ModuleKit")],
            exclude: ["Support/pool.proto"],
            swiftSettings: house
        ),
    ]
)
